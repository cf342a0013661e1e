package dev.loupe.dataset.label;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CharactersTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "LINE_START | One two_ three;_ (four) | One / three / (",
                "NEWLINE | a_b | _",
                "SENTENCE_START | Hi. \"Who is it?\" no one. 3 men | Hi / Who / no / 3",
                "SENTENCE_END | He paid 3.50 to Mr. X. Then he left! | . / . / !",
                "CAPITALISED | Zoe met NASA and McKay, iPhone É Éva | Zoe / Éva",
                "ALL_CAPS | NASA and A and USSR2 are ÜBER | NASA / USSR / ÜBER",
                "DIGIT | a1 23 | 1 / 23",
                "NUMBER | 1,024.5 and 7. | 1,024.5 / 7",
                "DATE | on 2024-05-17, 17.5.2024 and May 17, 2024; not 12024-05-17 | 2024-05-17 / 17.5.2024 / May 17, 2024",
                "PUNCTUATION | a, b! | , / !",
                "QUOTE_OPEN | say \"a\" or \"b\" | \" / \"",
                "INSIDE_QUOTE | say \"a b\" or “c” | a b / c",
                "BRACKET_DEPTH | a(b[c]d)e)f | (b / [c=2 / ]d",
                "OCCURRENCE | The cat, the CAT. the | the / CAT / the=2",
            })
    void whatEachLabelMarks(Characters.Kind kind, String text, String parts) {
        List<String> found = LabelledText.parts(new Characters(List.of(kind)), kind.label(), text.replace('_', '\n'));
        assertThat(found.stream().map(part -> part.replace('\n', '_').replaceFirst("=1$", "")))
                .containsExactly(parts.split(" / "));
    }
}
