package dev.loupe.dataset.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.loupe.dataset.rows.Sources;
import dev.loupe.schema.DataFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words of lists and names of a gazetteer. */
class ListsTest {
    @Test
    void wholeWordsOfListsAreMarked() {
        WordLists lists = new WordLists(Map.of("animals", List.of("cat", "polar bear")));
        assertThat(LabelledText.parts(lists, "animals", "cat, concat catalogue; a polar bear's cat. Cat"))
                .containsExactly("cat=1", "polar bear=1", "cat=1");
        assertThatThrownBy(() -> new WordLists(Map.of("none", List.of()))).hasMessageContaining("`none`");
    }

    @Test
    void theLongestNameOfAGazetteerWins(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("names.tsv"), "city\tYork\ncity\tNew York\nteam\tNew York Mets\n\n");
        Marker marker = new Gazetteer(new DataFile("names.tsv")).marker(new Sources(folder, 9));
        assertThat(LabelledText.parts(marker, "gazetteer", "New York Mets of New York, not New Yorkers of York"))
                .containsExactly("New York Mets=team", "New York=city", "York=city");
        assertThat(marker.kinds().get(0).looksAhead()).isTrue();
        Files.writeString(folder.resolve("names.tsv"), "city\tYork\nteam\tYork\n");
        assertThatThrownBy(() -> new Gazetteer(new DataFile("names.tsv")).marker(new Sources(folder, 9)))
                .hasMessage("names.tsv:2: \"York\" is of the class city already: a name has one class");
        Files.writeString(folder.resolve("names.tsv"), "York\n");
        assertThatThrownBy(() -> new Gazetteer(new DataFile("names.tsv")).marker(new Sources(folder, 9)))
                .hasMessageContaining("names.tsv:1: a line has a class, a tab and a name");
    }
}
