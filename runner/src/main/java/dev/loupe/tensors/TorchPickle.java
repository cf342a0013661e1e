package dev.loupe.tensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the pickle inside a torch file and nothing else: a dictionary of tensors. Only the opcodes that torch writes are
 * understood, and only these names may be called: {@code torch._utils._rebuild_tensor_v2},
 * {@code torch._utils._rebuild_parameter}, {@code collections.OrderedDict} and torch's storage types. Anything else is
 * refused by its name; nothing is ever loaded or run.
 */
final class TorchPickle {
    /** A tensor's place in a storage; sizes and strides in elements. */
    record Stored(DType dtype, String key, long storageSize, long offset, long[] shape, long[] strides) {}

    private record Symbol(String name) {}

    private record Storage(DType dtype, String key, long size) {}

    private static final Object MARK = new Object();
    private static final Object NONE = new Object();
    private static final int MAX_STACK = 1_000_000;
    private static final Map<String, DType> STORAGES = Map.of(
            "torch DoubleStorage", DType.F64,
            "torch FloatStorage", DType.F32,
            "torch HalfStorage", DType.F16,
            "torch BFloat16Storage", DType.BF16,
            "torch LongStorage", DType.I64,
            "torch IntStorage", DType.I32,
            "torch ShortStorage", DType.I16,
            "torch CharStorage", DType.I8,
            "torch ByteStorage", DType.U8,
            "torch BoolStorage", DType.BOOL);
    private static final List<String> WEIGHTS = List.of("model", "state_dict", "model_state_dict");
    private static final String TENSOR = "torch._utils _rebuild_tensor_v2";
    private static final String PARAMETER = "torch._utils _rebuild_parameter";
    private static final String DICT = "collections OrderedDict";

    private final Path file;
    private final ByteBuffer in;
    private final List<Object> stack = new ArrayList<>();
    private final Map<Integer, Object> memo = new HashMap<>();

    private TorchPickle(Path file, byte[] pickle) {
        this.file = file;
        this.in = ByteBuffer.wrap(pickle).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The tensors of a state dictionary by name, in the file's order. */
    static Map<String, Stored> read(Path file, byte[] pickle) {
        TorchPickle reader = new TorchPickle(file, pickle);
        Object top;
        try {
            top = reader.run();
        } catch (java.nio.BufferUnderflowException
                | IndexOutOfBoundsException
                | ClassCastException
                | UnsupportedOperationException e) {
            throw new TensorFileException(file, null, "the pickle is malformed at byte " + reader.in.position(), e);
        }
        Map<String, Stored> out = new LinkedHashMap<>();
        if (!(top instanceof Map<?, ?> dictionary)) {
            throw new TensorFileException(file, null, "the pickle does not contain a dictionary of tensors");
        }
        for (Map.Entry<?, ?> e : weights(dictionary).entrySet()) {
            if (!(e.getKey() instanceof String name) || !(e.getValue() instanceof Stored tensor)) {
                throw new TensorFileException(
                        file,
                        String.valueOf(e.getKey()),
                        "is not a tensor: only a flat dictionary of tensors is supported, alone or under `model`, `state_dict` or "
                                + "`model_state_dict`");
            }
            out.put(name, tensor);
        }
        return out;
    }

    /** The dictionary of tensors: all of it, or what a training saved under one of the usual names beside other things. */
    private static Map<?, ?> weights(Map<?, ?> dictionary) {
        List<Map<?, ?>> inside = new ArrayList<>();
        for (String name : WEIGHTS) {
            if (dictionary.get(name) instanceof Map<?, ?> nested) {
                inside.add(nested);
            }
        }
        return inside.size() == 1 ? inside.get(0) : dictionary;
    }

    private Object run() {
        while (true) {
            if (stack.size() > MAX_STACK || memo.size() > MAX_STACK) {
                throw refused("more than " + MAX_STACK + " values");
            }
            int opcode = in.get() & 0xff;
            if (opcode == '.') {
                return pop();
            }
            step(opcode);
        }
    }

    private void step(int opcode) {
        switch (opcode) {
            case 0x80 -> in.get();
            case 0x95 -> in.getLong();
            case '}' -> push(new LinkedHashMap<Object, Object>());
            case ']' -> push(new ArrayList<Object>());
            case ')' -> push(List.of());
            case '(' -> push(MARK);
            case 'N' -> push(NONE);
            case 0x88 -> push(Boolean.TRUE);
            case 0x89 -> push(Boolean.FALSE);
            case 'K' -> push((long) (in.get() & 0xff));
            case 'M' -> push((long) (in.getShort() & 0xffff));
            case 'J' -> push((long) in.getInt());
            case 0x8a -> push(longOf(in.get() & 0xff));
            case 'G' -> push(ByteBuffer.wrap(take(8)).getDouble());
            case 'X' -> push(text(in.getInt()));
            case 0x8c -> push(text(in.get() & 0xff));
            case 't' -> push(List.copyOf(sinceMark()));
            case 0x85, 0x86, 0x87 -> push(List.copyOf(last(opcode - 0x84)));
            case 'q' -> memo.put(in.get() & 0xff, peek());
            case 'r' -> memo.put(in.getInt(), peek());
            case 0x94 -> memo.put(memo.size(), peek());
            case 'h' -> push(remembered(in.get() & 0xff));
            case 'j' -> push(remembered(in.getInt()));
            case 'c' -> push(symbol(line() + " " + line()));
            case 0x93 -> {
                List<Object> names = last(2);
                push(symbol((String) names.get(0) + " " + (String) names.get(1)));
            }
            case 'Q' -> push(storage(list(pop())));
            case 'R' -> {
                List<Object> arguments = list(pop());
                push(call((Symbol) pop(), arguments));
            }
            case 's' -> put(last(2));
            case 'u' -> put(sinceMark());
            case 'a' -> appendAll(last(1));
            case 'e' -> appendAll(sinceMark());
            case 'b' -> {
                // torch puts version numbers of modules on a state dictionary: nothing that concerns weights.
                pop();
                if (!(peek() instanceof Map)) {
                    throw refused("sets the state of something that is not a dictionary");
                }
            }
            default -> throw refused(String.format("opcode 0x%02x at byte %d", opcode, in.position() - 1));
        }
    }

    private Symbol symbol(String name) {
        if (!name.equals(TENSOR) && !name.equals(PARAMETER) && !name.equals(DICT) && !STORAGES.containsKey(name)) {
            throw refused("it names " + TensorFileException.shown(name.replace(' ', '.')));
        }
        return new Symbol(name);
    }

    private Object call(Symbol symbol, List<Object> arguments) {
        if (symbol.name().equals(DICT) && arguments.isEmpty()) {
            return new LinkedHashMap<Object, Object>();
        }
        if (symbol.name().equals(PARAMETER)) {
            return (Stored) arguments.get(0);
        }
        if (!symbol.name().equals(TENSOR)) {
            throw refused("it calls " + symbol.name().replace(' ', '.'));
        }
        Storage storage = (Storage) arguments.get(0);
        long[] shape = sizes(arguments.get(2));
        return checked(new Stored(
                storage.dtype(),
                storage.key(),
                storage.size(),
                (Long) arguments.get(1),
                shape,
                sizes(arguments.get(3))));
    }

    private Storage storage(List<Object> id) {
        DType dtype = id.size() == 5 && id.get(1) instanceof Symbol type ? STORAGES.get(type.name()) : null;
        if (dtype == null || !"storage".equals(id.get(0))) {
            throw refused("a persistent id is not a torch storage");
        }
        String key = (String) id.get(2);
        if (!key.matches("[0-9]{1,9}")) {
            throw refused("storage key '" + TensorFileException.shown(key) + "'");
        }
        return new Storage(dtype, key, (Long) id.get(4));
    }

    /** Every element must lie inside the storage, and a small storage must not pose as a large tensor. */
    private Stored checked(Stored t) {
        try {
            long count = Tensor.count(t.shape());
            long end = t.offset();
            if (t.shape().length != t.strides().length || t.offset() < 0 || t.storageSize() < 0) {
                throw new ArithmeticException("sizes and strides do not match");
            }
            for (int i = 0; i < t.shape().length && count > 0; i++) {
                if (t.strides()[i] < 0) {
                    throw new ArithmeticException("negative stride");
                }
                end = Math.addExact(end, Math.multiplyExact(t.shape()[i] - 1, t.strides()[i]));
            }
            if (count > t.storageSize() || (count > 0 && end >= t.storageSize())) {
                throw new ArithmeticException("the tensor is larger than its storage");
            }
            return t;
        } catch (ArithmeticException e) {
            throw new TensorFileException(file, null, "storage " + t.key() + ": " + e.getMessage(), e);
        }
    }

    private long[] sizes(Object list) {
        return list(list).stream().mapToLong(o -> (Long) o).toArray();
    }

    @SuppressWarnings("unchecked")
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    @SuppressWarnings("unchecked")
    private void put(List<Object> pairs) {
        Map<Object, Object> target = (Map<Object, Object>) peek();
        for (int i = 0; i < pairs.size(); i += 2) {
            if (!(pairs.get(i) instanceof String)) {
                throw refused("a dictionary key is not a string");
            }
            if (target.put(pairs.get(i), pairs.get(i + 1)) != null) {
                throw refused("key '" + TensorFileException.shown((String) pairs.get(i)) + "' occurs twice");
            }
        }
    }

    private void appendAll(List<Object> values) {
        list(peek()).addAll(values);
    }

    private void push(Object value) {
        stack.add(value);
    }

    private Object pop() {
        return stack.remove(stack.size() - 1);
    }

    private Object peek() {
        return stack.get(stack.size() - 1);
    }

    private Object remembered(int key) {
        @Nullable Object value = memo.get(key);
        if (value == null) {
            throw refused("it recalls " + key + ", which was never stored");
        }
        return value;
    }

    private List<Object> last(int count) {
        List<Object> tail = stack.subList(stack.size() - count, stack.size());
        List<Object> out = new ArrayList<>(tail);
        tail.clear();
        return out;
    }

    private List<Object> sinceMark() {
        int mark = stack.size() - 1;
        while (stack.get(mark) != MARK) {
            mark--;
        }
        List<Object> out = last(stack.size() - mark - 1);
        pop();
        return out;
    }

    private byte[] take(int length) {
        if (length < 0 || length > in.remaining()) {
            throw refused("a length of " + length + " where " + in.remaining() + " bytes are left");
        }
        byte[] out = new byte[length];
        in.get(out);
        return out;
    }

    private String text(int length) {
        return new String(take(length), StandardCharsets.UTF_8);
    }

    private String line() {
        int start = in.position();
        while (in.get() != '\n') {
            if (in.position() - start > 300) {
                throw refused("a name of more than 300 bytes");
            }
        }
        return new String(in.array(), start, in.position() - start - 1, StandardCharsets.UTF_8);
    }

    private long longOf(int length) {
        byte[] bytes = take(length);
        if (length > 8) {
            throw refused("an integer of " + length + " bytes");
        }
        long value = length > 0 && bytes[length - 1] < 0 ? -1 : 0;
        for (int i = length - 1; i >= 0; i--) {
            value = value << 8 | bytes[i] & 0xff;
        }
        return value;
    }

    private TensorFileException refused(String why) {
        return new TensorFileException(file, null, "refused, its pickle is not a plain dictionary of tensors: " + why);
    }
}
