package dev.loupe.model.gguf;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that GGUF files give to the tensors of one hub family (gguf-py, tensor_mapping.py), both without {@code
 * .weight} and {@code .bias}.
 *
 * @param layers what precedes a block's number on the hub
 * @param parts GGUF to hub, within a block
 * @param whole GGUF to hub, outside of the blocks
 */
record GgufNames(String layers, Map<String, String> parts, Map<String, String> whole) {
    private static final Pattern OWN = Pattern.compile("(?:blk\\.([0-9]{1,6})\\.)?([a-z_]+)\\.(weight|bias)");

    /** A name that the family does not have stays as it is, and is reported as no part of the model. */
    String hub(String own) {
        Matcher m = OWN.matcher(own);
        if (!m.matches()) {
            return own;
        }
        String block = m.group(1);
        String base = (block == null ? whole : parts).get(m.group(2));
        return base == null ? own : (block == null ? "" : layers + block + ".") + base + "." + m.group(3);
    }

    /** The reverse of {@link #hub}. */
    String own(String hub) {
        int kind = hub.lastIndexOf('.');
        int number = hub.startsWith(layers) ? layers.length() : -1;
        int dot = number < 0 ? -1 : hub.indexOf('.', number);
        if (kind < 0 || (number >= 0 && dot >= kind)) {
            return hub;
        }
        String base = hub.substring(dot + 1, kind);
        for (Map.Entry<String, String> e : (number < 0 ? whole : parts).entrySet()) {
            if (e.getValue().equals(base)) {
                String block = number < 0 ? "" : "blk." + hub.substring(number, dot + 1);
                return block + e.getKey() + hub.substring(kind);
            }
        }
        return hub;
    }
}
