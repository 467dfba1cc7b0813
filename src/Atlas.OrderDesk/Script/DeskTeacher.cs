using System.Text.Json.Nodes;

namespace Atlas.OrderDesk.Script;

/// <summary>A teacher that knows nothing about the desk: it approves every plan, and every result that reports something.</summary>
internal static class DeskTeacher
{
    public static DeskAnswer Answer(DeskTurn turn) => turn.User.Contains("\"structured_output\"", StringComparison.Ordinal)
        ? Validate(turn)
        : Review(turn);

    private static DeskAnswer Validate(DeskTurn turn)
    {
        var reported = turn.User.Contains("is settled", StringComparison.Ordinal)
            || turn.User.Contains("nothing to settle", StringComparison.Ordinal);
        return DeskAnswer.Json(new JsonObject
        {
            ["valid"] = reported,
            ["guidance"] = reported ? null : "Say which order was settled, and how.",
        });
    }

    /// <summary>Returns the plan as it was submitted.</summary>
    private static DeskAnswer Review(DeskTurn turn) => DeskAnswer.Json(new JsonObject
    {
        ["steps"] = (LeadingJson.In(turn.User)?["plan"]?["steps"] as JsonArray)?.DeepClone() ?? new JsonArray(),
        ["concerns"] = null,
    });
}
