package dev.loupe.execute;

import dev.loupe.resolve.Specs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Draws small experiments on one of some models. */
public record DrawnSpec(Random random, String... models) {
    private static final Path PARITY = Specs.HOME.resolve("tests/src/test/resources/parity");

    private String pick(String... of) {
        return of[random.nextInt(of.length)];
    }

    public String spec() {
        String model = pick(models);
        StringBuilder yaml = new StringBuilder("loupe: 1\nmodel:\n");
        yaml.append(
                switch (model) {
                    case "gpt2" -> "  m: {folder: \"" + PARITY.resolve("gpt2") + "\"}\n";
                    case "large" -> "  m: {folder: large, processing: [fold-ln, center-writing]}\n";
                    case "llama" -> "  m: {folder: \"" + PARITY.resolve("llama-gqa") + "\"}\n";
                    case "gemma2", "gemma3", "olmo2-grouped", "gptj", "qwen3", "phi3" ->
                        "  m: {folder: \"" + PARITY.resolve(model) + "\"}\n";
                    case "untrained" ->
                        "  other: {folder: \"" + PARITY.resolve("gpt2")
                                + "\"}\n  m: {reinitialise: other, seeds: [3, 4]}\n";
                    default -> "  m: {plant: heads, vocabulary: 32, context: 32}\n";
                });
        int[] lengths = random.ints(1 + random.nextInt(3), 2, 12).toArray();
        boolean lone = random.nextInt(4) == 0;
        yaml.append("dataset:\n");
        yaml.append("  one: ")
                .append(rows(lengths, lone ? 1 : 2 * (1 + random.nextInt(4))))
                .append('\n');
        yaml.append("  two: ")
                .append(rows(lengths, lone ? 1 : 2 * (1 + random.nextInt(4))))
                .append('\n');
        yaml.append("  long: {generator: repeated-tokens, period: 3..5, length: 14, rows: ")
                .append(1 + random.nextInt(20))
                .append(", seed: ")
                .append(random.nextInt(99))
                .append("}\n");
        int length = 2 + random.nextInt(9);
        yaml.append("  pairs: ").append(pairs(length, 1 + random.nextInt(9))).append('\n');
        yaml.append("intervention:\n");
        boolean mlp = !model.equals("planted");
        int edits = 1 + random.nextInt(3);
        for (int i = 0; i < edits; i++) {
            yaml.append("  e").append(i).append(": ").append(edit(mlp, lone)).append('\n');
        }
        int patches = 1 + random.nextInt(2);
        for (int i = 0; i < patches; i++) {
            yaml.append("  p")
                    .append(i)
                    .append(": ")
                    .append(sharing(model, patch(mlp)))
                    .append('\n');
        }
        yaml.append("  path: ").append(path(mlp)).append('\n');
        yaml.append("metric:\n  loss: loss\n  late: {logit-difference: {at: END}}\n  hits: accuracy\n");
        yaml.append("  difference: logit-difference\nmeasure:\n");
        int measures = 1 + random.nextInt(4);
        yaml.append("  paths: {apply: path, read: ")
                .append(pick("difference", "[late, difference]", "loss"))
                .append(", dataset: pairs}\n");
        if (random.nextBoolean()) {
            // A clean run beside a sweep on the same rows: what is edited late can start from it.
            yaml.append("  clean: {evaluate: [loss, difference], dataset: one}\n");
            yaml.append("  swept: {apply: e0, read: ")
                    .append(pick("loss", "late"))
                    .append(", dataset: one}\n");
        }
        for (int i = 0; i < measures; i++) {
            yaml.append("  m").append(i).append(": ").append(measure(edits)).append('\n');
        }
        for (int i = 0; i < patches; i++) {
            yaml.append("  patched").append(i).append(": {apply: p").append(i);
            yaml.append(", read: ")
                    .append(pick("difference", "difference", "late", "[late, hits]", "loss"))
                    .append(", dataset: pairs}\n");
        }
        if (random.nextBoolean()) {
            yaml.append(
                    "  screen: {attribution-patching: attn.z, over: [layer, head], read: difference, dataset: pairs,");
            yaml.append(" recheck: ").append(1 + random.nextInt(3)).append("}\n");
        }
        if (model.equals("untrained")) {
            yaml.append("  beside: {agreement: m, model: m, dataset: long}\n");
            yaml.append("  first: {reduce: beside.js, over: [with-seed], take: max}\n");
        }
        return yaml.toString();
    }

    /** Rows of one length whose counterparts have some first tokens in common with them. */
    private String pairs(int length, int rows) {
        int common = random.nextInt(length + 1);
        List<String> ids = new ArrayList<>();
        List<String> corrupted = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            int[] row = random.ints(length, 0, 30).toArray();
            ids.add(Arrays.toString(row));
            for (int p = common; p < length; p++) {
                row[p] = random.nextInt(30);
            }
            corrupted.add(Arrays.toString(row));
        }
        List<Integer> answer = random.ints(rows, 0, 30).boxed().toList();
        List<Integer> wrong =
                answer.stream().map(id -> (id + 1 + random.nextInt(29)) % 30).toList();
        return "{generator: tokens, ids: " + ids + ", corrupted: " + corrupted + ", answer: " + answer + ", wrong: "
                + wrong + "}";
    }

    private String patch(boolean mlp) {
        String from = ", from: " + pick("clean", "corrupted") + "}";
        String heads = pick("attn.z", "attn.q", "attn.z", "attn.pattern");
        String sites = mlp
                ? pick("resid_pre", "mlp_out", "resid_mid", "attn_out", "resid_post", "mlp.post")
                : pick("resid_pre", "attn_out", "resid_post");
        return switch (random.nextInt(8)) {
            case 6 -> "{patch-edges: " + edges(mlp) + from;
            case 7 -> "{patch-edges: " + edges(mlp) + ", others: true" + from;
            case 0 -> "{patch: " + heads + ", over: [layer, head, pos]" + from;
            case 1 -> "{patch: " + heads + ", over: [layer, head]" + pick("", ", at: END") + from;
            case 2 -> "{patch: [attn.q, attn.k, attn.v, attn.pattern], over: [layer, head]" + from;
            case 3 -> "{patch: attn.pattern, over: [layer, dest, src]" + from;
            case 4 -> "{patch: " + sites + ", over: [layer]" + pick("", ", at: END") + from;
            default -> "{patch: " + sites + ", over: [layer, pos]" + from;
        };
    }

    /** Key-value heads have names of their own where queries share them. */
    private static String sharing(String model, String patch) {
        boolean one = model.equals("gemma3");
        boolean shares =
                one || Set.of("llama", "gemma2", "olmo2-grouped", "qwen3").contains(model);
        return shares && patch.startsWith("{patch-edges")
                ? patch.replaceAll("L(\\d)H(\\d)\\.([kv])", one ? "L$1KV0.$3" : "L$1KV$2.$3")
                : patch;
    }

    private String path(boolean mlp) {
        String sender = mlp ? pick("attn.z", "attn.z", "mlp_out", "embed") : "attn.z";
        String over =
                sender.equals("attn.z") ? ", over: [layer, head]" : sender.equals("embed") ? "" : ", over: [layer]";
        String to = mlp
                ? pick("[L1H0.q, L1H1.q]", "L1H1.k", "[L0H0.v, L1H0.v]", "L1.mlp_in", "[L1H1.q, L1.mlp_in]")
                : pick("[L1H0.q, L1H1.q]", "L1H1.k");
        return "{path-patch: " + sender + over + ", to: " + to + pick("", ", at: END") + ", from: "
                + pick("clean", "corrupted") + pick("", ", mlps: frozen") + "}";
    }

    /** Any, and late ones alone, so that a run can start later. */
    private String edges(boolean mlp) {
        List<String> all = new ArrayList<>(List.of("embed->L0H1.q", "L0H0->L1H1.v", "embed->logits", "L0H1->L1H0.k"));
        List<String> late = new ArrayList<>(List.of("L1H0->logits", "L0H1->L1H0.q", "embed->L1H1.v"));
        if (mlp) {
            all.addAll(List.of("L0H1->L0.mlp", "embed->L1.mlp", "L0.mlp->L1H1.q"));
            late.addAll(List.of("L0.mlp->L1.mlp", "L1.mlp->logits"));
        }
        List<String> from = random.nextBoolean() ? all : late;
        return from.stream().filter(e -> random.nextBoolean()).toList().toString();
    }

    private String rows(int[] lengths, int rows) {
        List<String> ids = new ArrayList<>();
        List<Integer> answer = new ArrayList<>();
        List<Integer> wrong = new ArrayList<>();
        int length = 0;
        for (int r = 0; r < rows; r++) {
            // In pairs, so that a resample finds another row of the same length; a lone row is never resampled.
            length = r % 2 == 0 ? lengths[random.nextInt(lengths.length)] : length;
            ids.add(random.ints(length, 0, 30).boxed().toList().toString());
            answer.add(random.nextInt(30));
            wrong.add((answer.get(answer.size() - 1) + 1 + random.nextInt(29)) % 30);
        }
        return "{generator: tokens, ids: " + ids + ", answer: " + answer + ", wrong: " + wrong + "}";
    }

    private String edit(boolean mlp, boolean lone) {
        String other = lone ? "zero" : "{resample: {of: default, seed: 5}}";
        String site = mlp
                ? pick("attn.z", "attn.z", "attn_out", "mlp_out", "resid_pre", "attn.pattern", "mlp.post", "resid_post")
                : pick("attn.z", "attn.z", "attn_out", "resid_pre", "attn.pattern");
        boolean heads = site.equals("attn.z") || site.equals("attn.pattern");
        String cells = heads
                ? pick("over: [layer, head]", "over: [layer]", "heads: [L0H1, L1H0, L1H3]", "heads: [L1H2]")
                : "over: [layer]";
        String with = site.equals("attn.pattern")
                ? pick("zero", other)
                : pick(
                        "zero",
                        "{mean: {of: long, per: position}}",
                        "{mean: {of: two, per: all}}",
                        "{mean: {of: default}}",
                        other);
        return "{ablate: " + site + ", " + cells + ", with: " + with + pick("", "", ", at: END") + "}";
    }

    private String measure(int edits) {
        String on = ", dataset: " + pick("one", "one", "two");
        return switch (random.nextInt(5)) {
            case 0 -> "{head-scores: " + pick("[PREV, IND, NEXT]", "[MUL_DUP]", "[CUR]") + on + "}";
            case 1 -> "{evaluate: " + pick("loss", "[late, hits]", "[loss, difference]", "late") + on + "}";
            default ->
                "{apply: e" + random.nextInt(edits) + ", read: "
                        + pick("loss", "[late, hits]", "[loss, difference]", "late") + on + "}";
        };
    }
}
