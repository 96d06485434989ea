package dev.lmmrec.training.wrapper;

import java.util.Map;

/**
 * LMMRec around a backbone: text encoder, interaction motivations by prototypes, motivation coordination (MCS),
 * interaction-text correspondence (ITC) with momentum teachers of both encoders, and ranking by text with each pair's
 * own review left out. A term of weight 0 is switched off. The names are those of arXiv 2602.05474; the formulas are
 * this project's.
 *
 * @param words weight of ranking by words; 0 takes the words' side away
 * @param wordText what the words of texts weigh; 0 leaves them out
 * @param wordMotives what the words of motivations weigh; 0 leaves them out
 * @param wordCut the share of pairs whose user is seen by some of the other pairs only
 * @param wordNorm what words learn is kept small by this much
 * @param wordDrop the share of words that a step drops
 * @param wordRate the learning rate of words
 * @param ranking weight of ranking by sentence vectors alone
 * @param coordination weight of MCS between interaction and text vectors
 * @param robustness weight of MCS between their noisy copies
 * @param correspondence weight of ITC
 * @param match weight of the binary match head
 * @param temperature τ of MCS, ITC and the draw of hard negatives
 * @param rankingTemperature τ of ranking by text
 * @param noise σ of the multiplicative noise
 * @param agreement whether pairs that disagree count less in MCS
 * @param prototypes per side; 0 to compare the backbone's vectors themselves
 * @param rows at most so many users, items and pairs of a batch are compared with each other
 * @param queue how many earlier users and items ITC compares with
 * @param softShare the largest share of soft targets, α
 * @param rampEpochs after how many epochs α and the teachers' momentum are at their ends
 * @param momentumFirst m of the first step
 * @param momentum m after the ramp
 * @param teacherEvery after how many steps the teachers look at everybody again
 * @param motives whether motivation vectors join the text vectors
 */
public record Lmmrec(
        double words,
        double wordText,
        double wordMotives,
        double wordCut,
        double wordNorm,
        double wordDrop,
        double wordRate,
        double ranking,
        double coordination,
        double robustness,
        double correspondence,
        double match,
        double temperature,
        double rankingTemperature,
        double noise,
        boolean agreement,
        int prototypes,
        int rows,
        int queue,
        double softShare,
        double rampEpochs,
        double momentumFirst,
        double momentum,
        int teacherEvery,
        boolean motives)
        implements Wrapper {

    /**
     * Reads settings by their names in {@link Wrappers}.
     *
     * @param values one for every setting
     * @return the wrapper
     */
    static Lmmrec of(Map<String, Double> values) {
        return new Lmmrec(
                values.get("words"),
                values.get("word-text"),
                values.get("word-motives"),
                values.get("word-cut"),
                values.get("word-norm"),
                values.get("word-drop"),
                values.get("word-rate"),
                values.get("ranking"),
                values.get("mcs"),
                values.get("robustness"),
                values.get("itc"),
                values.get("match"),
                values.get("temperature"),
                values.get("ranking-temperature"),
                values.get("noise"),
                values.get("agreement") > 0,
                values.get("prototypes").intValue(),
                values.get("rows").intValue(),
                values.get("queue").intValue(),
                values.get("soft-share"),
                values.get("ramp-epochs"),
                values.get("momentum-first"),
                values.get("momentum"),
                values.get("teacher-every").intValue(),
                values.get("motives") > 0);
    }

    @Override
    public String name() {
        return "lmmrec";
    }

    @Override
    public State start(Start start) {
        return new LmmrecState(this, start);
    }

    /** How far α and the momentum are on their way, 0 to 1. */
    double ramp(long step, int stepsPerEpoch) {
        return rampEpochs == 0 ? 1 : Math.min(1, step / (rampEpochs * stepsPerEpoch));
    }

    double softShareAt(long step, int stepsPerEpoch) {
        return softShare * ramp(step, stepsPerEpoch);
    }

    double momentumAt(long step, int stepsPerEpoch) {
        return momentumFirst + (momentum - momentumFirst) * ramp(step, stepsPerEpoch);
    }

    boolean needsTeachers() {
        return correspondence > 0 || match > 0;
    }
}
