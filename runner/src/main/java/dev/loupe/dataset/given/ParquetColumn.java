package dev.loupe.dataset.given;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.schema.problem.DidYouMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;

/**
 * A column of a Parquet file.
 *
 * @param name as it was asked for
 * @param steps the names on the way to it, from the outermost
 * @param projection the file's schema with this column alone
 */
record ParquetColumn(String name, List<String> steps, MessageType projection) {
    /**
     * Finds a column that holds one text for each row.
     *
     * @param file the file, as messages call it
     * @throws DatasetException where there is none of that name, or it holds something else
     */
    static ParquetColumn text(MessageType schema, String wanted, String file, String option) {
        return find(schema, wanted, true, file, option);
    }

    /**
     * Finds a column of anything.
     *
     * @param file the file, as messages call it
     * @throws DatasetException where there is none of that name
     */
    static ParquetColumn any(MessageType schema, String wanted, String file, String option) {
        return find(schema, wanted, false, file, option);
    }

    private static ParquetColumn find(MessageType schema, String wanted, boolean text, String file, String option) {
        List<String> steps = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        GroupType within = schema;
        String rest = wanted;
        while (true) {
            // A name may hold dots itself: the whole of what is left comes first.
            String step = within.containsField(rest) ? rest : rest.replaceFirst("\\..*", "");
            if (!within.containsField(step)) {
                throw new DatasetException(option, unknown(schema, wanted, text, file));
            }
            Type type = within.getType(step);
            steps.add(step);
            types.add(type);
            boolean last = step.equals(rest);
            if (ParquetCell.isList(type) && (text || !last)) {
                throw new DatasetException(
                        option,
                        "column `" + String.join(".", steps) + "` of " + file + " is a list, and "
                                + (text
                                        ? "a document is one text: name another column with `column`" + texts(schema)
                                        : "`" + wanted + "` would be inside it: name the list itself"));
            }
            if (last) {
                if (text && !isText(type)) {
                    throw new DatasetException(
                            option,
                            "column `" + wanted + "` of " + file + " holds " + kind(type)
                                    + ", not text: name another with `column`" + texts(schema));
                }
                return new ParquetColumn(wanted, List.copyOf(steps), only(schema.getName(), types));
            }
            if (type.isPrimitive()) {
                throw new DatasetException(option, unknown(schema, wanted, text, file));
            }
            within = type.asGroupType();
            rest = rest.substring(step.length() + 1);
        }
    }

    private static String unknown(MessageType schema, String wanted, boolean text, String file) {
        List<String> there = new ArrayList<>();
        if (!text) {
            schema.getFields().forEach(field -> there.add(field.getName()));
            return file + " has no column `" + wanted + "`; its columns are " + there;
        }
        collect(schema, "", there);
        String near = DidYouMean.to(wanted, there);
        return file + " has no column `" + wanted + "`"
                + (near == null ? texts(schema) : "; did you mean `" + near + "`? Name it with `column`");
    }

    private static String texts(MessageType schema) {
        List<String> there = new ArrayList<>();
        collect(schema, "", there);
        return there.isEmpty() ? "; it has no column of text" : "; its columns of text are " + there;
    }

    private static void collect(GroupType group, String before, List<String> names) {
        for (Type type : group.getFields()) {
            if (ParquetCell.isList(type)) {
                continue;
            }
            if (isText(type)) {
                names.add(before + type.getName());
            } else if (!type.isPrimitive()) {
                collect(type.asGroupType(), before + type.getName() + ".", names);
            }
        }
    }

    private static boolean isText(Type type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return type.isPrimitive()
                && type.asPrimitiveType().getPrimitiveTypeName() == PrimitiveType.PrimitiveTypeName.BINARY
                && (meaning == null
                        || meaning instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
                        || meaning instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation
                        || meaning instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation);
    }

    private static String kind(Type type) {
        if (!type.isPrimitive()) {
            return "several fields";
        }
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        String stored = type.asPrimitiveType().getPrimitiveTypeName().name().toLowerCase(Locale.ROOT);
        return meaning == null ? stored + " values" : stored + " values (" + meaning + ")";
    }

    private static MessageType only(String name, List<Type> types) {
        Type inner = types.get(types.size() - 1);
        for (int i = types.size() - 2; i >= 0; i--) {
            inner = types.get(i).asGroupType().withNewFields(inner);
        }
        return new MessageType(name, inner);
    }

    /** Whether a part of the file, by the names on the way to it, belongs to this column. */
    boolean holds(ColumnPath path) {
        List<String> names = Arrays.asList(path.toArray());
        return names.size() >= steps.size() && names.subList(0, steps.size()).equals(steps);
    }

    /** The column's cell in a row that was read with it; null where it has none. */
    JsonNode of(Group row) {
        Group at = row;
        for (String step : steps.subList(0, steps.size() - 1)) {
            if (at.getFieldRepetitionCount(step) == 0) {
                return NullNode.getInstance();
            }
            at = at.getGroup(step, 0);
        }
        return ParquetCell.of(at, at.getType().getFieldIndex(steps.get(steps.size() - 1)));
    }
}
