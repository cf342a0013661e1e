package dev.loupe.dataset.given;

import dev.loupe.dataset.rows.DatasetException;
import dev.loupe.schema.problem.DidYouMean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * A column of a Parquet file that holds one text for each row.
 *
 * @param steps the names on the way to it, from the outermost
 * @param projection the file's schema with this column alone
 */
record TextColumn(List<String> steps, MessageType projection) {
    /**
     * Finds a column.
     *
     * @param file the file, as messages call it
     * @throws DatasetException where there is none of that name, or it holds something else than one text for each row
     */
    static TextColumn of(MessageType schema, String wanted, String file, String option) {
        List<String> steps = new ArrayList<>();
        List<Type> types = new ArrayList<>();
        GroupType within = schema;
        String rest = wanted;
        while (true) {
            // A name may hold dots itself: the whole of what is left comes first.
            String step = within.containsField(rest) ? rest : rest.replaceFirst("\\..*", "");
            if (!within.containsField(step)) {
                throw new DatasetException(option, unknown(schema, wanted, file));
            }
            Type type = within.getType(step);
            steps.add(step);
            types.add(type);
            if (type.isRepetition(Type.Repetition.REPEATED) || isList(type)) {
                throw new DatasetException(
                        option,
                        "column `" + String.join(".", steps) + "` of " + file
                                + " is a list, and a document is one text: name another column with `column`"
                                + texts(schema));
            }
            if (step.equals(rest)) {
                if (!isText(type)) {
                    throw new DatasetException(
                            option,
                            "column `" + wanted + "` of " + file + " holds " + kind(type)
                                    + ", not text: name another with `column`" + texts(schema));
                }
                return new TextColumn(List.copyOf(steps), only(schema.getName(), types));
            }
            if (type.isPrimitive()) {
                throw new DatasetException(option, unknown(schema, wanted, file));
            }
            within = type.asGroupType();
            rest = rest.substring(step.length() + 1);
        }
    }

    private static String unknown(MessageType schema, String wanted, String file) {
        List<String> there = new ArrayList<>();
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
            if (type.isRepetition(Type.Repetition.REPEATED) || isList(type)) {
                continue;
            }
            if (isText(type)) {
                names.add(before + type.getName());
            } else if (!type.isPrimitive()) {
                collect(type.asGroupType(), before + type.getName() + ".", names);
            }
        }
    }

    private static boolean isList(Type type) {
        LogicalTypeAnnotation meaning = type.getLogicalTypeAnnotation();
        return meaning instanceof LogicalTypeAnnotation.ListLogicalTypeAnnotation
                || meaning instanceof LogicalTypeAnnotation.MapLogicalTypeAnnotation;
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

    /** How the file's description of its row groups names it. */
    ColumnPath path() {
        return ColumnPath.get(steps.toArray(new String[0]));
    }

    /** The column's bytes in a row that was read by {@link #projection}; null where it has none. */
    @Nullable
    Binary of(Group row) {
        Group at = row;
        for (String step : steps.subList(0, steps.size() - 1)) {
            if (at.getFieldRepetitionCount(step) == 0) {
                return null;
            }
            at = at.getGroup(step, 0);
        }
        String last = steps.get(steps.size() - 1);
        return at.getFieldRepetitionCount(last) == 0 ? null : at.getBinary(last, 0);
    }
}
