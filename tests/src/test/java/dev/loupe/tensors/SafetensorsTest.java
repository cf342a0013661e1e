package dev.loupe.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void roundTripKeepsEveryTypeAndIsDeterministic() throws IOException {
        Path a = folder.resolve("a.safetensors");
        Path b = folder.resolve("b.safetensors");
        Tensor flags = new Tensor("flags", DType.BOOL, new long[] {3}, ByteBuffer.wrap(new byte[] {1, 0, 1}));
        new SafetensorsWriter()
                .tensor(flags)
                .floats("x", new long[] {2, 2}, new float[] {1, -2, Float.NEGATIVE_INFINITY, 0.5f})
                .longs("ids", new long[] {2}, new long[] {1L << 40, -7})
                .doubles("d", new long[] {}, new double[] {Math.PI})
                .metadata("format", "pt")
                .write(a);
        new SafetensorsWriter()
                .metadata("format", "pt")
                .doubles("d", new long[] {}, new double[] {Math.PI})
                .longs("ids", new long[] {2}, new long[] {1L << 40, -7})
                .floats("x", new long[] {2, 2}, new float[] {1, -2, Float.NEGATIVE_INFINITY, 0.5f})
                .tensor(flags)
                .write(b);
        assertThat(a).hasSameBinaryContentAs(b);
        SafetensorsFile file = SafetensorsFile.open(a);
        assertThat(file.names()).containsExactly("d", "flags", "ids", "x");
        assertThat(file.metadata()).containsEntry("format", "pt");
        assertThat(file.tensor("x").floats()).containsExactly(1, -2, Float.NEGATIVE_INFINITY, 0.5f);
        assertThat(file.tensor("x").shape()).containsExactly(2, 2);
        assertThat(file.tensor("ids").longs()).containsExactly(1L << 40, -7);
        assertThat(file.tensor("d").doubles()).containsExactly(Math.PI);
        assertThat(file.tensor("flags").ints()).containsExactly(1, 0, 1);
        assertThatThrownBy(() -> file.tensor("ids").ints()).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> file.tensor("x").longs()).hasMessageContaining("F32");
        assertThatThrownBy(() -> file.tensor("y")).hasMessageContaining("'y'");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrder(a, b);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x3c00, 1.0", "0xc000, -2.0", "0x7bff, 65504.0", "0x0001, 5.9604645E-8", "0x0400, 6.1035156E-5",
        "0x8000, -0.0", "0x7c00, Infinity", "0xfc00, -Infinity", "0x7e00, NaN", "0x3555, 0.33325195"
    })
    void halfPrecisionIsExact(String bits, float value) {
        assertThat(Tensor.half((short) Integer.decode(bits).intValue())).isEqualTo(Float.valueOf(value));
    }

    @Test
    void brainFloatsAreTheUpperHalf() {
        ByteBuffer bytes = ByteBuffer.wrap(new byte[] {(byte) 0x80, 0x3f, 0x49, (byte) 0xc0});
        assertThat(new Tensor("b", DType.BF16, new long[] {2}, bytes).floats()).containsExactly(1f, -3.140625f);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}  | 4 | outside",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}  | 12 | truncated or padded",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}  | 8 | needs 12 bytes",
                "{\"a\":{\"dtype\":\"F33\",\"shape\":[2],\"data_offsets\":[0,8]}}  | 8 | unknown dtype 'F33'",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | 8 | out of range",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}} | 0 | overflows",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,0]}} | 0 | out of range",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}  | 8 | outside",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"U8\",\"shape\":[6],"
                        + "\"data_offsets\":[2,8]}} | 8 | overlaps",
                "{\"b\":{\"dtype\":\"U8\",\"shape\":[6],\"data_offsets\":[2,8]}} | 8 | gap",
                "{\"b\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"U8\",\"shape\":[8],"
                        + "\"data_offsets\":[0,8]}} | 8 | is written twice",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[[[[[8]]]]],\"data_offsets\":[0,8]}} | 8 | header",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8],\"x\":1}} | 8 | unknown key 'x'",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[8]}} | 8 | two data_offsets",
                "{\"a\":3} | 0 | header",
                "{} {} | 0 | text after its end",
                "[] | 0 | header",
                "{\"a\" | 0 | header",
            })
    void hostileHeadersAreRefusedByName(String header, int dataLength, String why) throws IOException {
        assertThatThrownBy(() -> SafetensorsFile.open(file(header.length(), header, dataLength)))
                .isInstanceOf(TensorFileException.class)
                .hasMessageContaining("hostile.safetensors")
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"-1", "9223372036854775807", "1", "40", "4294967298"})
    void hostileHeaderLengthsAreRefused(long length) {
        assertThatThrownBy(() -> SafetensorsFile.open(file(length, "{}", 0)))
                .isInstanceOf(TensorFileException.class)
                .hasMessageContaining("header length");
    }

    @Test
    void tooShortFilesAreRefused() throws IOException {
        Path file = Files.write(folder.resolve("short.safetensors"), new byte[7]);
        assertThatThrownBy(() -> SafetensorsFile.open(file)).hasMessageContaining("too few");
    }

    private Path file(long headerLength, String header, int dataLength) throws IOException {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(8 + json.length + dataLength).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(headerLength).put(json);
        return Files.write(folder.resolve("hostile.safetensors"), out.array());
    }
}
