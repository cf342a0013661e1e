package dev.loupe.cli.option;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A size as people write it: {@code 512MB}, {@code 1.5GB}, {@code 0}. */
public final class ByteSize implements ITypeConverter<Long> {
    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)(KB|MB|GB|TB|)");
    private static final Map<String, Double> UNITS = Map.of("", 1.0, "KB", 1e3, "MB", 1e6, "GB", 1e9, "TB", 1e12);

    @Override
    public Long convert(String text) {
        Matcher written = WRITTEN.matcher(text.toUpperCase(Locale.ROOT));
        if (!written.matches()) {
            throw new TypeConversionException("a size must be a number and a unit, such as 512MB or 2GB, not " + text);
        }
        return Math.round(Double.parseDouble(written.group(1)) * UNITS.getOrDefault(written.group(2), 1.0));
    }
}
