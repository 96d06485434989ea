package dev.lmmrec.training.wrapper;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.lmmrec.training.backbone.Backbone;
import dev.lmmrec.training.evaluation.Factors;
import dev.lmmrec.training.gradient.ChosenRows;
import dev.lmmrec.training.gradient.Parameter;
import dev.lmmrec.training.text.TextEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Slow copies of both encoders: of the backbone with its prototypes, and of the text encoder with its motivations. Now
 * and then they look at everybody; in between their vectors are read off that table, so that earlier users and items
 * are never older than one look.
 */
final class Teachers {

    private final Wrapper.Start start;
    private final Backbone.State backbone;
    private final TextSide text;
    private final Optional<Prototypes> prototypes;
    private final Teacher teacher;
    private final Queue userQueue;
    private final Queue itemQueue;

    private NDManager looked;
    private NDArray userInteraction;
    private NDArray itemInteraction;
    private NDArray userText;
    private NDArray itemText;

    Teachers(Wrapper.Start start, TextSide text, Optional<Prototypes> prototypes, int queue) {
        this.start = start;
        NDManager manager = start.manager();
        this.backbone = start.backbone().start(start.train(), start.width(), start.seed(), manager);
        this.text = text.copy(manager);
        this.prototypes = prototypes.map(part -> part.copy(manager));
        List<Parameter> followed = new ArrayList<>(start.interaction().parameters());
        List<Parameter> copies = new ArrayList<>(backbone.parameters());
        followed.addAll(text.parameters());
        copies.addAll(this.text.parameters());
        prototypes.ifPresent(part -> followed.addAll(part.parameters()));
        this.prototypes.ifPresent(part -> copies.addAll(part.parameters()));
        this.teacher = new Teacher(followed, copies);
        this.userQueue = new Queue(queue);
        this.itemQueue = new Queue(queue);
        look();
    }

    Queue userQueue() {
        return userQueue;
    }

    Queue itemQueue() {
        return itemQueue;
    }

    void follow(double momentum) {
        teacher.follow(momentum);
    }

    /** Computes everybody's vectors with the present copies. */
    void look() {
        Factors interaction = backbone.vectors();
        Factors said = text.directions(interaction);
        float[] ux;
        float[] ix;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray users = Matrices.ofUsers(start.manager(), interaction);
            NDArray items = Matrices.ofItems(start.manager(), interaction);
            ux = TextEncoder.direction(prototypes
                            .map(p -> p.ofUsers(users, Parameter::value))
                            .orElse(users))
                    .toFloatArray();
            ix = TextEncoder.direction(prototypes
                            .map(p -> p.ofItems(items, Parameter::value))
                            .orElse(items))
                    .toFloatArray();
        }
        if (looked != null) {
            looked.close();
        }
        looked = start.manager().newSubManager();
        userInteraction = looked.create(ux, new Shape(start.train().users(), start.width()));
        itemInteraction = looked.create(ix, new Shape(start.train().items(), start.width()));
        userText = Matrices.ofUsers(looked, said);
        itemText = Matrices.ofItems(looked, said);
    }

    NDArray userInteraction(NDManager manager, int[] users) {
        return ChosenRows.of(manager, userInteraction, users);
    }

    NDArray itemInteraction(NDManager manager, int[] items) {
        return ChosenRows.of(manager, itemInteraction, items);
    }

    NDArray userText(NDManager manager, int[] users) {
        return ChosenRows.of(manager, userText, users);
    }

    NDArray itemText(NDManager manager, int[] items) {
        return ChosenRows.of(manager, itemText, items);
    }

    List<float[]> numbers() {
        List<float[]> numbers = teacher.numbers();
        numbers.add(userQueue.numbers());
        numbers.add(itemQueue.numbers());
        return numbers;
    }

    void set(List<float[]> numbers) {
        teacher.set(numbers.subList(0, teacher.size()));
        userQueue.set(numbers.get(teacher.size()));
        itemQueue.set(numbers.get(teacher.size() + 1));
        look();
    }
}
