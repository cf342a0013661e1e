package dev.loupe.execute.keep;

/** Which shards are made: all of a plan, or those that one machine makes for others. */
public interface Wanted {
    /** Every shard, so that the values of their steps can be put together. */
    Wanted EVERYTHING = new Wanted() {
        @Override
        public boolean all() {
            return true;
        }

        @Override
        public boolean has(int run, Shard shard) {
            return true;
        }
    };

    boolean all();

    /** @param run the forward pass, or the step that takes gradients */
    boolean has(int run, Shard shard);
}
