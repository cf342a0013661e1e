package dev.loupe.analysis.output;

import dev.loupe.analysis.planning.AnalysisPlanning;
import dev.loupe.analysis.planning.OtherModels;
import dev.loupe.metric.Metric;
import dev.loupe.plan.ask.AgreementPart;
import dev.loupe.plan.values.AgreeModels;
import dev.loupe.result.Figure;
import dev.loupe.result.Side;
import dev.loupe.schema.annotation.ConstantDoc;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.NameOf;
import dev.loupe.schema.annotation.Named;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How far two models say the same of the same text. */
@Named("agreement")
@Doc(
        "How far the predictions of a model agree with the predictions of another model of this spec, at every position of the same rows. "
                + "Where the other is a family, such as five seeds, each of its models is compared, on axes `with-seed` and so on. All of "
                + "them are in memory together.")
@Example("{agreement: default}")
public record ModelAgreement(
        @NameOf("model") @Doc("Name of the other model, or of the family of models.")
        String agreement) implements OutputAnalysis {
    @Override
    public int plan(AnalysisPlanning planning) {
        OtherModels others = planning.others(agreement);
        return planning.builder()
                .add(id -> new AgreeModels(
                        id,
                        List.of(planning.load()),
                        List.of(planning.model()),
                        others.loads(),
                        others.models(),
                        others.besideOwn(),
                        planning.rows(planning.on())));
    }

    @Override
    public List<String> beside() {
        return List.of(agreement);
    }

    @Override
    public String title() {
        return "Agreement with " + agreement;
    }

    @Override
    public String formula() {
        return Arrays.stream(AgreementPart.values())
                .map(part -> "**" + part.word() + "**: " + ConstantDoc.of(part) + "  \n")
                .collect(Collectors.joining());
    }

    @Override
    public String formula(String part) {
        return Arrays.stream(AgreementPart.values())
                .filter(known -> known.word().equals(part))
                .findFirst()
                .map(ConstantDoc::of)
                .orElseGet(this::formula);
    }

    @Override
    public String parts() {
        return AgreeModels.PARTS;
    }

    @Override
    public Figure figure() {
        return Figure.AUTO;
    }

    @Override
    public String unit() {
        return "";
    }

    @Override
    public Side side(List<Metric> metrics) {
        return Side.BOTH;
    }
}
