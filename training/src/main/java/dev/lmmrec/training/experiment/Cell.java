package dev.lmmrec.training.experiment;

/**
 * One model on one split: the unit of work of a study.
 *
 * @param label the model's name in tables, such as {@code lightgcn + lmmrec without itc}
 * @param choice the model with all its settings
 * @param seed of split and training
 * @param noise what is corrupted
 */
record Cell(String label, Choice choice, long seed, Noise noise) {

    /**
     * A cell of a model under its own name, with nothing corrupted.
     *
     * @param choice the model
     * @param seed of split and training
     * @return the cell
     */
    static Cell of(Choice choice, long seed) {
        return new Cell(choice.model(), choice, seed, Noise.NOTHING);
    }
}
