package dev.loupe.dataset.given;

import io.airlift.compress.Decompressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * How pages of Parquet files are unpacked, without native libraries. A page becomes as large as its header says, and never larger
 * than {@link #LARGEST}.
 */
final class PageCompression implements CompressionCodecFactory {
    /** Writers make pages of about a megabyte; a single long document makes its page longer. */
    static final int LARGEST = 1 << 28;

    /** Unpacks one page. */
    private interface Unpacking {
        /** @return how many bytes of {@code out} were filled */
        int into(byte[] packed, byte[] out) throws IOException;
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED ->
                new Pages((packed, out) -> {
                    System.arraycopy(packed, 0, out, 0, Math.min(packed.length, out.length));
                    return packed.length;
                });
            case SNAPPY -> new Pages(of(new SnappyDecompressor()));
            case ZSTD -> new Pages(of(new ZstdDecompressor()));
            case LZ4_RAW -> new Pages(of(new Lz4Decompressor()));
            case GZIP -> new Pages(PageCompression::gzip);
            default ->
                throw new ParquetRows.Refused("its pages are compressed with "
                        + codec.name().toLowerCase(Locale.ROOT)
                        + ", which Loupe does not read: write the file with snappy, zstd, gzip or lz4_raw");
        };
    }

    private static Unpacking of(Decompressor library) {
        return (packed, out) -> library.decompress(packed, 0, packed.length, out, 0, out.length);
    }

    private static int gzip(byte[] packed, byte[] out) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            int filled = in.readNBytes(out, 0, out.length);
            return in.read() < 0 ? filled : -1;
        }
    }

    private record Pages(Unpacking unpacking) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput packed, int size) throws IOException {
            return BytesInput.from(unpacked(packed.toByteArray(), size));
        }

        @Override
        public void decompress(ByteBuffer packed, int packedSize, ByteBuffer out, int size) throws IOException {
            byte[] bytes = new byte[packedSize];
            packed.get(bytes);
            out.put(unpacked(bytes, size));
        }

        private byte[] unpacked(byte[] packed, int size) throws IOException {
            if (size < 0 || size > Math.min(LARGEST, Runtime.getRuntime().maxMemory() / 4)) {
                throw new ParquetRows.Refused(
                        "a page of the file is said to unpack to " + size + " bytes, more than Loupe reads at once");
            }
            byte[] out = new byte[size];
            int filled = unpacking.into(packed, out);
            if (filled != size) {
                throw new IOException("a page has another size than its header says");
            }
            return out;
        }

        @Override
        public void release() {
            // Nothing is held.
        }
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("nothing is written");
    }

    @Override
    public void release() {
        // Nothing is held.
    }
}
