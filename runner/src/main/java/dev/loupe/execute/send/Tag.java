package dev.loupe.execute.send;

/** What follows in the bytes of a value. */
enum Tag {
    NULL,
    AGAIN,
    RECORD,
    ENUM,
    LIST,
    SET,
    MAP,
    TEXT,
    PATH,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    BOOLEAN,
    BYTES,
    INTS,
    LONGS,
    FLOATS,
    DOUBLES,
    BOOLEANS,
    ARRAYS;

    private static final Tag[] ALL = values();

    static Tag of(int code) {
        if (code < 0 || code >= ALL.length) {
            throw new IllegalArgumentException("no value begins with the byte " + code);
        }
        return ALL[code];
    }
}
