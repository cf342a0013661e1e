package dev.loupe.spec;

import dev.loupe.schema.annotation.Default;
import dev.loupe.schema.annotation.Doc;
import dev.loupe.schema.annotation.Example;
import dev.loupe.schema.annotation.Identity;
import dev.loupe.schema.annotation.Named;

/** Where a dictionary of features lies. */
public sealed interface DictionaryPlace
        permits DictionaryPlace.Called, DictionaryPlace.InFolder, DictionaryPlace.OnHub {
    /** For people and messages. */
    String shown();

    /**
     * By a folder's or a card's name.
     *
     * @param name a folder relative to the spec or to a folder of models, or what a card calls it
     */
    record Called(String name) implements DictionaryPlace {
        /** By its name. */
        public static Called parse(String name) {
            return new Called(name);
        }

        @Override
        public String shown() {
            return name;
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /** In a folder whose files do not say for which activation it is. */
    @Named("path")
    @Doc(
            "A folder, and the activation that its dictionary is for, which files of Gemma Scope and of sparsify do not say.")
    @Example("{path: gemma-scope/layer_12, reads: blocks.12.hook_resid_post}")
    record InFolder(
            @Identity @Doc("A folder relative to the spec or to a folder of models.")
            String path,

            @Doc(
                    "The hook point that it reads, such as `blocks.12.hook_resid_post`. Files that say another one are refused.")
            String reads,

            @Default("\"\"")
            @Doc(
                    "The hook point that a transcoder writes, such as `blocks.12.hook_mlp_out`. Default: it writes what it reads.")
            String writes)
            implements DictionaryPlace {
        @Override
        public String shown() {
            return path;
        }
    }

    /** In a repository that has no card. */
    @Named("repository")
    @Doc("A folder of a repository on the Hugging Face hub, for which no card is needed.")
    @Example("{repository: jbloom/GPT2-Small-SAEs-Reformatted, folder: blocks.6.hook_resid_pre}")
    record OnHub(
            @Identity @Doc("Owner and name on the hub.") String repository,

            @Default("main") @Doc("Branch, tag or commit.") String revision,

            @Default("\"\"") @Doc("The folder with its files in the repository; without it the repository itself.")
            String folder,

            @Default("\"\"")
            @Doc(
                    "The hook point that it reads, which files of Gemma Scope and of sparsify do not say. Files that say another one are "
                            + "refused.")
            String reads,

            @Default("\"\"") @Doc("The hook point that a transcoder writes, where its files do not say it.")
            String writes)
            implements DictionaryPlace {
        public OnHub {
            RepositoryName.owned(repository);
        }

        @Override
        public String shown() {
            return repository + (folder.isEmpty() ? "" : "/" + folder);
        }
    }
}
