package dev.lmmrec.local.command;

import dev.lmmrec.local.RepositoryRoot;
import dev.lmmrec.local.cost.CostSheet;
import dev.lmmrec.local.cost.CostTable;
import dev.lmmrec.local.cost.Costs;
import dev.lmmrec.local.description.Description;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Tells what the deployment costs on AWS. */
@Command(
        name = "costs",
        description = "Tells what the deployment costs on AWS, from the prices and assumptions of infra/costs.json.",
        mixinStandardHelpOptions = true)
final class CostsCommand implements Callable<Integer> {

    @Option(names = "--root", paramLabel = "DIR", description = "Root of the repository (default: found from here).")
    private Path root;

    @Option(
            names = "--sheet",
            paramLabel = "FILE",
            description = "Other prices and assumptions (default: infra/costs.json).")
    private Path sheet;

    @Spec
    private CommandSpec spec;

    CostsCommand() {}

    @Override
    public Integer call() {
        Path home = root == null ? RepositoryRoot.above(Path.of("").toAbsolutePath()) : root.toAbsolutePath();
        Path infra = home.resolve("infra");
        CostSheet read = CostSheet.read(sheet == null ? infra.resolve("costs.json") : sheet);
        Costs costs = new Costs(Description.read(infra.resolve("deployment.json")), read);
        spec.commandLine().getOut().print(new CostTable(read, costs).markdown());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
