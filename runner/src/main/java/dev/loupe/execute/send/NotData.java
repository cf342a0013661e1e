package dev.loupe.execute.send;

/** Something was to be sent to another machine that is no data: it cannot be written as bytes. */
public final class NotData extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotData(Class<?> type) {
        super(type.getName() + " is not data and cannot be sent to another machine");
    }
}
