package dev.loupe.report;

import dev.loupe.report.draw.PageDetail;
import dev.loupe.report.models.ClaimNumbers;
import dev.loupe.report.models.ModelsSection;
import dev.loupe.report.models.NamedRun;
import dev.loupe.report.models.VerdictMatrix;
import dev.loupe.report.section.AttentionSection;
import dev.loupe.report.section.ClaimsTable;
import dev.loupe.report.section.GroupSection;
import dev.loupe.report.section.KeyFigure;
import dev.loupe.report.section.Markup;
import dev.loupe.report.section.OncePerPage;
import dev.loupe.report.section.Section;
import dev.loupe.report.section.Sections;
import dev.loupe.report.training.HeadsOverTraining;
import dev.loupe.report.training.OnsetSection;
import dev.loupe.report.training.StepCursor;
import dev.loupe.report.training.UntrainedBand;
import dev.loupe.result.RunResult;
import freemarker.core.TemplateHTMLOutputModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the page template sees, in the order in which a reader meets it.
 *
 * @param claimNumbers every comparison of the claims, for the downloads
 * @param matrix which claims hold in which models; null where they are about one, or a section shows it
 * @param cursor the steps of a training that its figures share; null where there are none
 * @param key the figure that carries the answer, shown before the claims; its section is not shown again
 * @param sections every other artifact
 */
public record PageModel(
        String title,
        String id,
        String variant,
        String question,
        Answer answer,
        ClaimsTable claims,
        String claimNumbers,
        @Nullable VerdictMatrix matrix,
        @Nullable StepCursor cursor,
        @Nullable Section key,
        List<Section> sections,
        @Nullable TemplateHTMLOutputModel notes,
        Method method) {
    /** An entry of {@link RunResult#extra} that names the artifact to be shown first. */
    static final String KEY_FIGURE = "key-figure";

    /** Whether it shows attention of one model. */
    boolean hasPatterns() {
        return Stream.concat(Stream.ofNullable(key), sections.stream())
                .anyMatch(section -> section instanceof AttentionSection
                        || section instanceof GroupSection group
                                && group.members().stream().anyMatch(AttentionSection.class::isInstance));
    }

    /** Whether it shows attention at several steps of a training. */
    boolean hasMoments() {
        return sections.stream()
                .anyMatch(section -> section instanceof HeadsOverTraining heads
                        && !heads.moments().isEmpty());
    }

    public static PageModel of(RunResult run, PageDetail detail) {
        return of(run, detail, ModelsSection.of(List.of(new NamedRun("", run))));
    }

    /** @param models of the run, which does not depend on how much a page carries */
    static PageModel of(RunResult run, PageDetail detail, @Nullable ModelsSection models) {
        Map<String, String> addresses = Sections.addresses(run);
        RunResult shown = UntrainedBand.lent(run);
        List<Section> sections = new ArrayList<>(Sections.of(shown, detail));
        Section key = KeyFigure.take(sections, run.extra().get(KEY_FIGURE), addresses);
        HeadsOverTraining heads = HeadsOverTraining.of(shown.artifacts(), addresses, detail);
        if (heads != null) {
            sections.add(0, heads);
        }
        OnsetSection onsets = OnsetSection.of(run, addresses);
        if (onsets != null) {
            sections.add(0, onsets);
        }
        if (models != null) {
            sections.add(0, models);
        }
        OncePerPage once = new OncePerPage();
        Section first = once.next(key);
        sections.replaceAll(section -> Objects.requireNonNull(once.next(section)));
        return new PageModel(
                run.title(),
                run.id(),
                run.variant(),
                run.question().isBlank() ? (run.title().isBlank() ? run.id() : run.title()) : run.question(),
                Answer.of(run.answer()),
                ClaimsTable.of(run.claims(), addresses),
                ClaimNumbers.json(run),
                models == null ? VerdictMatrix.of(List.of(new NamedRun("", run))) : null,
                StepCursor.of(run.artifacts()),
                first,
                sections,
                run.notes().isBlank() ? null : Markup.markdown(run.notes()),
                Method.of(run, detail));
    }
}
