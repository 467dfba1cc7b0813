using System.Text.Json;

namespace Atlas.Cli.Tests.Harness;

/// <summary>Makes files of recorded runs: an order desk whose agent does well when it looks an order up before it cancels.</summary>
internal static class TauBenchFile
{
    /// <param name="runs">How many.</param>
    /// <param name="steps">How many further tool calls each run has, to make it longer.</param>
    public static string Of(int runs, int steps = 0) =>
        JsonSerializer.Serialize(Enumerable.Range(0, runs).Select(index => Run(index, steps)));

    /// <summary>One record; every third run cancels blindly and fails.</summary>
    public static object Run(int index, int steps = 0)
    {
        var careful = index % 3 != 0;
        List<object> messages =
        [
            new { role = "system", content = "You work at an order desk." },
            new { role = "user", content = $"Please cancel order {1000 + index}." },
        ];
        if (careful)
        {
            messages.AddRange(Call(index, 0, "get_order", "{\"status\": \"open\"}"));
        }

        for (var step = 1; step <= steps; step++)
        {
            messages.AddRange(Call(index, step, "list_items", "[\"kettle\", \"lamp\"]"));
        }

        messages.AddRange(Call(index, steps + 1, "cancel_order", careful ? "cancelled" : "Error: the order has been shipped"));
        messages.Add(new { role = "assistant", content = careful ? "Your order is cancelled." : "That did not work." });
        return new
        {
            task_id = index / 4,
            trial = index % 4,
            reward = careful ? 1.0 : 0.0,
            info = new { task = new { instruction = $"You want order {1000 + index} cancelled.", actions = Array.Empty<object>() } },
            traj = messages,
        };
    }

    private static IEnumerable<object> Call(int run, int step, string tool, string answer)
    {
        var id = $"call_{run}_{step}";
        yield return new
        {
            role = "assistant",
            content = (string?)null,
            tool_calls = new[]
            {
                new { id, type = "function", function = new { name = tool, arguments = $"{{\"order_id\": \"{1000 + run}\"}}" } },
            },
        };
        yield return new { role = "tool", tool_call_id = id, name = tool, content = answer };
    }
}
