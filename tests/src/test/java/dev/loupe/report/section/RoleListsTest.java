package dev.loupe.report.section;

import static org.assertj.core.api.Assertions.assertThat;

import dev.loupe.result.Axis;
import dev.loupe.result.Figure;
import dev.loupe.result.NamedArray;
import dev.loupe.result.Quantity;
import dev.loupe.result.Setting;
import java.util.List;
import org.junit.jupiter.api.Test;

class RoleListsTest {
    private static final List<Axis> AXES =
            List.of(Axis.counted("seed", 2), Axis.counted("layer", 3), Axis.counted("head", 2));

    /** In seed 0 a head of the first layer and one of the middle layer are movers, in seed 1 none is. */
    @Test
    void headsOfEachRoleWithTheirRelativeDepth() {
        FigureSection section = RoleLists.of(
                        List.of(
                                role("roles.mover", "1: has the role", 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
                                role("roles.copier", "1: has the role", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)),
                        name -> "m-" + name)
                .orElseThrow();
        assertThat(section.table().headers()).containsExactly("role", "seed 0", "seed 1");
        assertThat(section.table().rows())
                .extracting(DataTable.Row::cells)
                .containsExactly(
                        List.of("mover", "L0H0 (0.00), L1H1 (0.50)", "none"), List.of("copier", "none", "L2H1 (1.00)"));
        assertThat(section.id()).isEqualTo("m-roles.mover");
        assertThat(section.aliases()).containsExactly("m-roles.copier");
        assertThat(section.about().get(0)).contains("- **mover**: passes: `x` above 1");
    }

    @Test
    void numbersThatAreNoRolesHaveNone() {
        assertThat(RoleLists.of(List.of(role("roles.mover", "share of attention", new double[12])), name -> name))
                .isEmpty();
        assertThat(RoleLists.of(List.of(), name -> name)).isEmpty();
    }

    private static Quantity role(String name, String unit, double... values) {
        return new Quantity(
                name,
                "Heads by role: " + name.replace("roles.", ""),
                "1 where a head passes: `x` above 1\n\nModel: m.",
                Figure.AUTO,
                unit,
                new NamedArray(AXES, values),
                null,
                null,
                new Setting("m", "rows", "", "", List.of(), List.of(), "", "", List.of("m 0", "m 1"), List.of()));
    }
}
