using Atlas.Configuration.Orchestration;
using Atlas.Domain;
using Atlas.Testing.Shapes;
using Xunit;

namespace Atlas.Runtime.Tests.RealSilo;

public class ShapeTests
{
    [Fact]
    public async Task What_the_runtime_wrote_has_the_shapes_of_the_data_model()
    {
        await using var desk = await RunningDesk.StartAsync();
        foreach (var mode in Enum.GetValues<SupervisionMode>())
        {
            foreach (var flow in Enum.GetValues<OrchestrationFlow>())
            {
                Assert.Equal(SessionStatus.Succeeded, (await desk.Runtime(mode, flow).RunAsync(RunningDesk.Request())).Status);
            }
        }

        var broken = await desk.Runtime(SupervisionMode.Paired).RunAsync(RunningDesk.Request() with { Evaluator = (_, _) => throw new IOException("no desk") });
        var (problems, looked) = await StoredShapes.CheckAsync(desk.Cluster.Database.DataSource);

        Assert.Null(broken.Reward);
        Assert.Empty(problems);
        string[] written =
        [
            "sessions.metadata", "sessions.reward", "plans.plan", "step_results.evaluation", "step_results.metadata", "step_attempts.evaluation",
            "trajectory_events.event", "learning_registry.metadata",
        ];
        Assert.All(written, column => Assert.True(looked[column] > 0, $"{column} was never written"));
    }
}
