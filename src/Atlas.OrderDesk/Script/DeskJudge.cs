using System.Text.Json.Nodes;
using Atlas.OrderDesk.World;

namespace Atlas.OrderDesk.Script;

/// <summary>A judge that ignores what the agent says about itself, and looks at the state of the order.</summary>
internal static class DeskJudge
{
    private const double Doubt = 0.05;

    public static DeskAnswer Answer(DeskTurn turn, DeskWorld world)
    {
        if (DeskTasks.NumberIn(TaskIn(turn.User)) is not { } number)
        {
            return DeskAnswer.Json(new JsonObject { ["rationale"] = "The task is about no order of the desk, so it cannot be judged here." });
        }

        var verdict = world.VerdictOn(number);
        return DeskAnswer.Json(new JsonObject
        {
            ["score"] = verdict.Score,
            ["uncertainty"] = Doubt,
            ["rationale"] = verdict.Rationale,
            ["principles"] = new JsonArray(new JsonObject
            {
                ["name"] = "state of the order",
                ["weight"] = 1,
                ["description"] = "How the order stands in the end.",
            }),
        });
    }

    private static string TaskIn(string text) => (string?)Delimited.ObjectIn(text, "session")?["task"] ?? text;
}
