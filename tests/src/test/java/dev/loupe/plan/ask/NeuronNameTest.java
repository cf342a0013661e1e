package dev.loupe.plan.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.hook.HookPoint;
import dev.loupe.hook.Site;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three layers of 32 neurons, with dictionaries of 7 features in layer 1, and of 9 in layer 2 where there are two. */
class NeuronNameTest {
    private static final ModelShape PLAIN =
            new ModelShape("transformer", 3, 8, 2, 2, 4, 32, 50, 50, 16, false, false, false, 1000, List.of());

    private static DictionaryShape dictionary(int layer, int features) {
        HookPoint point = HookPoint.of(Site.RESID_POST, layer);
        return new DictionaryShape(point, point, features, 8, true, 33);
    }

    private static void refused(String name, ModelShape shape, String said) {
        assertThatThrownBy(() -> NeuronName.parse(name).in(shape)).hasMessage(name + " does not exist: " + said);
    }

    @Test
    void namesAreReadAndWritten() {
        assertThat(NeuronName.parse("L3N110")).isEqualTo(new NeuronName(3, 110)).hasToString("L3N110");
        assertThat(NeuronName.parse("L6F123"))
                .isEqualTo(new NeuronName(ComponentKind.FEATURE, 6, 123))
                .hasToString("L6F123");
        assertThat(NeuronName.of(new Component(ComponentKind.NEURON, 2, 5))).hasToString("L2N5");
        assertThatThrownBy(() -> NeuronName.parse("3N110")).hasMessageContaining("not '3N110'");
    }

    @Test
    void aModelHasNeuronsUpToItsSize() {
        assertThatCode(() -> NeuronName.parse("L2N31").in(PLAIN)).doesNotThrowAnyException();
        refused("L3N0", PLAIN, "the model has layers 0 to 2 and neurons 0 to 31");
        refused("L0N32", PLAIN, "the model has layers 0 to 2 and neurons 0 to 31");
    }

    @Test
    void featuresAreOfADictionary() {
        ModelShape one = PLAIN.with(List.of(dictionary(1, 7)));
        assertThatCode(() -> NeuronName.parse("L1F6").in(one)).doesNotThrowAnyException();
        refused("L1F7", one, "the dictionary of layer 1 has features 0 to 6");
        refused("L0F0", one, "the model has a dictionary in layer 1");
        refused(
                "L0F0",
                PLAIN.with(List.of(dictionary(2, 9), dictionary(1, 7))),
                "the model has a dictionary in layer 1 and others");
        refused("L1F0", PLAIN, "the model has no dictionary");
    }

    @Test
    void aSiteHasNeuronsOrFeatures() {
        List<NeuronName> neuron = List.of(new NeuronName(0, 1));
        List<NeuronName> feature = List.of(new NeuronName(ComponentKind.FEATURE, 0, 1));
        assertThatCode(() -> NeuronName.at(Site.MLP_POST, neuron)).doesNotThrowAnyException();
        assertThatCode(() -> NeuronName.at(Site.FEATURES, feature)).doesNotThrowAnyException();
        assertThatThrownBy(() -> NeuronName.at(Site.FEATURES, neuron))
                .hasMessage("L0N1 is a neuron, but `dictionary.features` has features, such as L0F5");
        assertThatThrownBy(() -> NeuronName.at(Site.MLP_POST, feature))
                .hasMessage("L0F1 is a feature, but `mlp.post` has neurons");
    }

    /** The numbers of a dictionary come to those of the model, and go when it is taken off. */
    @Test
    void aModelKeepsTheNumbersOfItsDictionaries() {
        ModelShape two = PLAIN.with(List.of(dictionary(2, 9), dictionary(1, 7)));
        assertThat(two.parameters()).isEqualTo(1066);
        assertThat(two.with(List.of(dictionary(1, 7))).parameters()).isEqualTo(1033);
        assertThat(two.with(List.of()).parameters()).isEqualTo(1000);
        assertThat(two.layersWith(Site.FEATURES)).containsExactly(1, 2);
        assertThat(two.features(1)).isEqualTo(7);
        assertThat(two.features(0)).isZero();
        assertThat(two.units(Site.FEATURES)).isEqualTo(9);
        assertThat(two.units(Site.FEATURES, List.of(1))).isEqualTo(7);
        assertThat(two.elements(HookPoint.of(Site.FEATURES, 1), 6)).isEqualTo(6 * 7);
        assertThatThrownBy(() -> two.units(Site.FEATURES, List.of(1, 2)))
                .hasMessageStartingWith("the dictionaries of layers [1, 2] have [7, 9] features");
    }
}
