using System.Globalization;
using System.Text.Json.Nodes;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Contracts.Playbooks;
using Atlas.Domain;
using Atlas.OrderDesk.World;
using Atlas.Runtime;

namespace Atlas.Cli.Quickstart;

/// <summary>Runs the tasks of the quickstart one after the other, each with what was learned from those before it.</summary>
internal sealed class QuickstartRun(CommandContext context, AtlasRuntime runtime, DeskWorld world, LearningKeyDescription key, bool isJson)
{
    private static readonly TimeSpan LearningPatience = TimeSpan.FromMinutes(2);

    public async Task<IReadOnlyList<QuickstartRow>> WorkAsync(int tasks, CancellationToken cancellation)
    {
        var learningKey = key.Playbook.LearningKey;
        var table = new QuickstartTable(context.Terminal);
        if (!isJson)
        {
            context.Terminal.Data($"Learning key: {learningKey}" + (key.SessionsObserved == 0
                ? ""
                : $", which has already learned from {Wording.Count(key.SessionsApplied, "session")}; start over with --fresh"));
            context.Terminal.Data();
            table.WriteHeading();
        }

        var rows = new List<QuickstartRow>();
        for (var number = 1; number <= tasks; number++)
        {
            var row = await DoAsync(number, learningKey, cancellation);
            rows.Add(row);
            if (!isJson)
            {
                table.Write(row);
            }
        }

        return rows;
    }

    private async Task<QuickstartRow> DoAsync(int number, string learningKey, CancellationToken cancellation)
    {
        // Orders that no earlier quickstart has used.
        var order = DeskOrder.FirstNumber + (int)key.SessionsObserved + number - 1;
        var task = DeskTasks.Of(order);
        var result = await runtime.RunAsync(
            new RunRequest(task)
            {
                LearningKey = learningKey,
                Metadata = new JsonObject
                {
                    ["source"] = "atlas quickstart",
                    ["task_num"] = number,
                    ["incident_id"] = string.Create(CultureInfo.InvariantCulture, $"quickstart-task-{order}"),
                },
                Evaluator = (_, _) => Task.FromResult<SessionReward?>(Reward(order)),
                LearningPatience = LearningPatience,
            },
            cancellation);
        return QuickstartRow.Of(number, task, result);
    }

    private SessionReward Reward(int order)
    {
        var verdict = world.VerdictOn(order);
        return new SessionReward(verdict.Score, 0, "order_desk", verdict.Rationale);
    }
}
