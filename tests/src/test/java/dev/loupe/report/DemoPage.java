package dev.loupe.report;

import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the demo page and pictures of it, to look at: {@code FOLDER [light|dark|narrow|nojs|narrowdark ...]}. */
final class DemoPage {
    private DemoPage() {}

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[0]));
        Path page = folder.resolve("demo.html");
        new ReportPage().write(DemoRun.full(), page);
        try (Browser browser = new Browser(Browser.find().orElseThrow())) {
            for (int i = 1; i < args.length; i++) {
                int width = args[i].startsWith("narrow") ? 400 : 1280;
                browser.open(page, "#answer;at=L1H2", width, 1000, args[i].endsWith("dark"), !args[i].equals("nojs"));
                int height = browser.evaluate("document.documentElement.scrollHeight")
                        .asInt();
                int step = width == 400 ? 2400 : 1700;
                for (int y = 0, n = 0; y < height; y += step, n++) {
                    browser.screenshot(
                            folder.resolve(args[i] + "-" + n + ".png"), y, width, Math.min(step, height - y));
                }
                System.out.println(
                        args[i] + ": " + height + " px high; " + browser.complaints() + " " + browser.requests());
            }
        }
    }
}
