package dev.loupe.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;

/**
 * What a library's exception means, as a part of a sentence: {@code there is no such file}. The names of Java's classes and
 * the wording of parsers tell a user nothing, so no message carries them.
 */
public final class Reason {
    private static final Pattern CLASS_NAME = Pattern.compile("(?:\\b[a-z]\\w*\\.)+[A-Z][\\w$]*(?::\\s*)?");

    private Reason() {}

    /** Why a file, a text or a connection could not be used. */
    public static String of(Throwable error) {
        if (error instanceof JsonProcessingException json) {
            return JsonReason.of(json);
        }
        if (error instanceof FileSystemException file) {
            return ofFile(file);
        }
        if (error instanceof FileNotFoundException) {
            return "the file does not exist or cannot be opened";
        }
        if (error instanceof CharacterCodingException) {
            return "it is not UTF-8 text";
        }
        if (error instanceof EOFException) {
            return "it ends too early";
        }
        if (error instanceof ZipException) {
            return "its zip archive is damaged";
        }
        if (error instanceof InvalidPathException) {
            return "the file name is not allowed";
        }
        if (error instanceof UnknownHostException) {
            return "the host was not found";
        }
        if (error instanceof ConnectException) {
            return "the connection failed";
        }
        if (error instanceof HttpTimeoutException) {
            return "the connection timed out";
        }
        if (error instanceof SSLException) {
            return "the secure (TLS) connection failed";
        }
        return written(error);
    }

    /** The same after the file, where the error names one. */
    public static String withFile(Throwable error) {
        String file = error instanceof FileSystemException of ? of.getFile() : null;
        return file == null ? of(error) : file + ": " + of(error);
    }

    private static String ofFile(FileSystemException error) {
        if (error instanceof NoSuchFileException) {
            return error.getReason() != null ? error.getReason() : "the file does not exist";
        }
        if (error instanceof AccessDeniedException) {
            return "access is denied";
        }
        if (error instanceof FileAlreadyExistsException) {
            return "it already exists";
        }
        if (error instanceof NotDirectoryException) {
            return "it is not a folder";
        }
        if (error instanceof FileSystemLoopException) {
            return "its symbolic links form a circle";
        }
        String reason = error.getReason();
        return reason == null || reason.isBlank() ? "the file system does not allow it" : lowerFirst(reason.strip());
    }

    /** The message without the names of classes; what is left of other exceptions was written for people. */
    private static String written(Throwable error) {
        String message = error.getMessage() == null ? "" : error.getMessage();
        String plain = CLASS_NAME.matcher(message).replaceAll("").strip();
        return plain.isEmpty() ? "the reason is unknown" : plain;
    }

    /** {@code Is a directory} goes on a sentence; {@code UTF-8 ...} stays. */
    private static String lowerFirst(String text) {
        boolean acronym = text.length() > 1 && Character.isUpperCase(text.charAt(1));
        return acronym ? text : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }
}
