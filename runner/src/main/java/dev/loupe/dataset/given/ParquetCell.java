package dev.loupe.dataset.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** What a cell of a Parquet file holds, in the form that a line of JSON would have it. */
final class ParquetCell {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ParquetCell() {}

    /** Bytes that are said to be a text and are none. */
    static final class NotText extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Whether a column holds several values for each row. */
    static boolean isList(Type type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return type.isRepetition(Type.Repetition.REPEATED)
                || meaning instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
                || meaning instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation;
    }

    static JsonNode of(Group group, int field) {
        Type type = group.getType().getType(field);
        int count = group.getFieldRepetitionCount(field);
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            ArrayNode list = JSON.arrayNode();
            for (int i = 0; i < count; i++) {
                list.add(value(group, field, i));
            }
            return list;
        }
        return count == 0 ? JSON.nullNode() : value(group, field, 0);
    }

    private static JsonNode value(Group group, int field, int at) {
        Type type = group.getType().getType(field);
        if (type.isPrimitive()) {
            return switch (type.asPrimitiveType().getPrimitiveTypeName()) {
                case BINARY -> JSON.textNode(text(group.getBinary(field, at)));
                case INT32 -> JSON.numberNode(group.getInteger(field, at));
                case INT64 -> JSON.numberNode(group.getLong(field, at));
                case BOOLEAN -> JSON.booleanNode(group.getBoolean(field, at));
                case FLOAT -> JSON.numberNode(group.getFloat(field, at));
                case DOUBLE -> JSON.numberNode(group.getDouble(field, at));
                default -> throw new ParquetRows.Refused("`" + type.getName() + "` has neither texts nor numbers");
            };
        }
        Group inner = group.getGroup(field, at);
        if (type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation) {
            return list(inner);
        }
        return fields(inner);
    }

    private static JsonNode fields(Group group) {
        ObjectNode fields = JSON.objectNode();
        for (int i = 0; i < group.getType().getFieldCount(); i++) {
            fields.set(group.getType().getFieldName(i), of(group, i));
        }
        return fields;
    }

    /**
     * A list: a repeated field whose own single field is the element. In files of older writers the repeated field is the element
     * itself, if it is no group, has several fields, or has a name that says so (the format's rules of backward compatibility).
     */
    private static JsonNode list(Group list) {
        Type repeated = list.getType().getType(0);
        boolean wrapped = !repeated.isPrimitive()
                && repeated.asGroupType().getFieldCount() == 1
                && !isElement(repeated.asGroupType(), list.getType().getName());
        ArrayNode out = JSON.arrayNode();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
            out.add(wrapped ? of(list.getGroup(0, i), 0) : value(list, 0, i));
        }
        return out;
    }

    private static boolean isElement(GroupType repeated, String list) {
        return repeated.getName().equals("array") || repeated.getName().equals(list + "_tuple");
    }

    private static String text(Binary value) {
        if (value.length() < 0 || value.length() > PageCompression.LARGEST) {
            throw new IllegalArgumentException("a text that is longer than any page");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value.getBytes()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new NotText();
        }
    }
}
