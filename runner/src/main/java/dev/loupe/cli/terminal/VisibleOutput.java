package dev.loupe.cli.terminal;

import dev.loupe.text.Escaper;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * UTF-8 on its way to a terminal, with every character written out that could move its cursor, change its colours, its title
 * or its clipboard, or turn the writing around. Whatever the program prints of specs, files, models and hubs passes here,
 * so that no text can act on the terminal by itself.
 */
final class VisibleOutput extends OutputStream {
    private final OutputStream target;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final StringBuilder visible = new StringBuilder();
    private final Escaper escaper = new Escaper(visible);
    /** Bytes of a character that is not whole yet; the longest has four. */
    private ByteBuffer waiting = ByteBuffer.allocate(0);

    private VisibleOutput(OutputStream target) {
        this.target = target;
    }

    /** @param autoFlush whether a person should see each line at once */
    static PrintStream over(PrintStream target, boolean autoFlush) {
        return new PrintStream(new VisibleOutput(target), autoFlush, StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int count) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(waiting.remaining() + count);
        in.put(waiting).put(bytes, from, count).flip();
        CharBuffer chars = CharBuffer.allocate(in.remaining() + 1);
        decoder.reset().decode(in, chars, false);
        waiting = in.slice();
        chars.flip().codePoints().forEach(escaper::accept);
        send();
    }

    @Override
    public void write(int oneByte) throws IOException {
        write(new byte[] {(byte) oneByte}, 0, 1);
    }

    @Override
    public synchronized void flush() throws IOException {
        escaper.end();
        send();
        target.flush();
    }

    private void send() throws IOException {
        target.write(visible.toString().getBytes(StandardCharsets.UTF_8));
        visible.setLength(0);
    }
}
