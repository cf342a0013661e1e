package dev.loupe.tensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.loupe.failure.Reason;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The header of a safetensors file, checked before anything is mapped: every tensor's bytes are its dtype times its
 * shape, and the tensors cover the data exactly, without overlap or hole.
 *
 * @param entries by name
 * @param metadata the file's own strings
 */
record SafetensorsHeader(SortedMap<String, Entry> entries, SortedMap<String, String> metadata) {
    /** Offsets are bytes from the start of the data. */
    record Entry(DType dtype, long[] shape, long begin, long end) {}

    private static final int MAX_RANK = 16;
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxNameLength(4096)
                    .maxNumberLength(24)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static SafetensorsHeader parse(Path file, byte[] json, long dataLength) {
        SortedMap<String, Entry> entries = new TreeMap<>();
        SortedMap<String, String> metadata = new TreeMap<>();
        try (JsonParser in = JSON.createParser(json)) {
            expect(file, in.nextToken(), JsonToken.START_OBJECT, null);
            while (in.nextToken() != JsonToken.END_OBJECT) {
                String name = in.currentName();
                expect(file, in.nextToken(), JsonToken.START_OBJECT, name);
                if (name.equals("__metadata__")) {
                    readMetadata(file, in, metadata);
                } else {
                    entries.put(name, readEntry(file, in, name, dataLength));
                }
            }
            if (in.nextToken() != null) {
                throw new TensorFileException(file, null, "the header has text after its end");
            }
        } catch (JsonProcessingException e) {
            throw new TensorFileException(file, null, "the header " + PythonJson.said(e), e);
        } catch (IOException e) {
            throw new TensorFileException(file, null, "header cannot be read: " + Reason.of(e), e);
        }
        checkCover(file, entries, dataLength);
        return new SafetensorsHeader(entries, metadata);
    }

    private static void readMetadata(Path file, JsonParser in, Map<String, String> metadata) throws IOException {
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String key = in.currentName();
            expect(file, in.nextToken(), JsonToken.VALUE_STRING, "__metadata__");
            metadata.put(key, in.getText());
        }
    }

    private static Entry readEntry(Path file, JsonParser in, String name, long dataLength) throws IOException {
        DType dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        while (in.nextToken() != JsonToken.END_OBJECT) {
            String key = in.currentName();
            JsonToken value = in.nextToken();
            switch (key) {
                case "dtype" -> {
                    expect(file, value, JsonToken.VALUE_STRING, name);
                    dtype = DType.named(in.getText());
                    if (dtype == null) {
                        String shown = TensorFileException.shown(in.getText());
                        throw new TensorFileException(file, name, "unknown dtype '" + shown + "'");
                    }
                }
                case "shape" -> shape = readSizes(file, in, name, MAX_RANK);
                case "data_offsets" -> offsets = readSizes(file, in, name, 2);
                default ->
                    throw new TensorFileException(file, name, "unknown key '" + TensorFileException.shown(key) + "'");
            }
        }
        if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
            throw new TensorFileException(file, name, "needs dtype, shape and two data_offsets");
        }
        long begin = offsets.get(0);
        long end = offsets.get(1);
        if (begin > end || end > dataLength) {
            throw new TensorFileException(
                    file,
                    name,
                    "data_offsets " + offsets + " lie outside the " + dataLength + " bytes of data: truncated");
        }
        checkSize(file, name, dtype, shape, end - begin);
        return new Entry(dtype, shape.stream().mapToLong(Long::longValue).toArray(), begin, end);
    }

    private static void checkSize(Path file, String name, DType dtype, List<Long> shape, long bytes) {
        long expected = dtype.bytes();
        try {
            for (long size : shape) {
                expected = Math.multiplyExact(expected, size);
            }
        } catch (ArithmeticException e) {
            throw new TensorFileException(file, name, "shape " + shape + " overflows", e);
        }
        if (expected != bytes) {
            throw new TensorFileException(
                    file, name, dtype + " " + shape + " needs " + expected + " bytes, data_offsets give " + bytes);
        }
    }

    private static List<Long> readSizes(Path file, JsonParser in, String name, int limit) throws IOException {
        expect(file, in.currentToken(), JsonToken.START_ARRAY, name);
        List<Long> out = new ArrayList<>();
        while (in.nextToken() != JsonToken.END_ARRAY) {
            expect(file, in.currentToken(), JsonToken.VALUE_NUMBER_INT, name);
            if (in.getNumberType() == JsonParser.NumberType.BIG_INTEGER || in.getLongValue() < 0) {
                throw new TensorFileException(file, name, "size or offset " + in.getText() + " is out of range");
            }
            out.add(in.getLongValue());
            if (out.size() > limit) {
                throw new TensorFileException(file, name, "more than " + limit + " sizes or offsets");
            }
        }
        return out;
    }

    private static void checkCover(Path file, Map<String, Entry> entries, long dataLength) {
        List<Map.Entry<String, Entry>> byOffset = new ArrayList<>(entries.entrySet());
        byOffset.sort(Comparator.<Map.Entry<String, Entry>>comparingLong(
                        e -> e.getValue().begin())
                .thenComparingLong(e -> e.getValue().end()));
        long at = 0;
        for (Map.Entry<String, Entry> e : byOffset) {
            if (e.getValue().begin() != at) {
                String what = e.getValue().begin() < at ? "overlaps another tensor" : "leaves a gap before it";
                throw new TensorFileException(
                        file,
                        e.getKey(),
                        what + " at byte " + Math.min(at, e.getValue().begin()));
            }
            at = e.getValue().end();
        }
        if (at != dataLength) {
            throw new TensorFileException(
                    file, null, "the tensors end at byte " + at + " of " + dataLength + ": truncated or padded");
        }
    }

    private static void expect(Path file, @Nullable JsonToken got, JsonToken wanted, @Nullable String name) {
        if (got != wanted) {
            throw new TensorFileException(file, name, "header has " + got + " where " + wanted + " belongs");
        }
    }
}
