using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Atlas.OrderDesk.World;

namespace Atlas.OrderDesk.Script;

/// <summary>A student that believes the customer: it refunds the requested sum, looks nothing up and tells nobody. It acts differently only
/// if its prompt says so, and learns in no other way.</summary>
internal static partial class DeskStudent
{
    private const decimal VoucherWorth = 10m;

    public static DeskAnswer Answer(DeskTurn turn)
    {
        var prompt = $"{turn.System}\n{turn.User}";
        if (turn.Tools.Count == 0 && turn.Calls.Count == 0)
        {
            return AsksForPlan(prompt) ? Plan() : Summary(turn);
        }

        return DeskTasks.NumberIn(turn.User) is { } number
            ? Settle(turn, number, Advice.In(prompt, turn.User))
            : Done("There is no order number in the task, so there is nothing to settle.");
    }

    private static DeskAnswer Settle(DeskTurn turn, int number, IReadOnlySet<string> advice)
    {
        if (Wants(DeskTools.GetOrder))
        {
            return DeskAnswer.Call(DeskTools.GetOrder, Arguments(number));
        }

        if (Wants(DeskTools.OfferVoucher))
        {
            return DeskAnswer.Call(DeskTools.OfferVoucher, Arguments(number, ("amount", VoucherWorth)));
        }

        var looked = turn.ResultOf(DeskTools.GetOrder) is { } found ? Found().Match(found) : Match.Empty;
        var settled = turn.Called(DeskTools.RefundOrder) || turn.Called(DeskTools.CancelOrder);
        if (!settled && NextStep(turn, number, looked) is { } step && turn.Tools.Contains(step.Tool))
        {
            return step;
        }

        return Wants(DeskTools.NotifyCustomer)
            ? DeskAnswer.Call(DeskTools.NotifyCustomer, Arguments(number, ("message", "Your order is settled.")))
            : Done(Report(turn, number));

        bool Wants(string tool) => advice.Contains(tool) && turn.Tools.Contains(tool) && !turn.Called(tool);
    }

    /// <summary>Returns the step that settles the order; null if it is already settled.</summary>
    private static DeskAnswer? NextStep(DeskTurn turn, int number, Match looked)
    {
        if (!looked.Success)
        {
            return Refund(DeskTasks.ClaimIn(turn.User) ?? 0);
        }

        return looked.Groups["state"].Value switch
        {
            "delivered" => Money.TryParse(looked.Groups["paid"].Value, out var paid) ? Refund(paid) : null,
            "not sent yet" => DeskAnswer.Call(DeskTools.CancelOrder, Arguments(number)),
            _ => null,
        };

        DeskAnswer Refund(int cents) =>
            DeskAnswer.Call(DeskTools.RefundOrder, Arguments(number, ("amount", cents / 100m)));
    }

    private static JsonObject Arguments(int number, (string Name, JsonNode Value)? more = null)
    {
        var arguments = new JsonObject { ["order_id"] = number };
        if (more is var (name, value))
        {
            arguments[name] = value;
        }

        return arguments;
    }

    private static string Report(DeskTurn turn, int number)
    {
        var results = turn.Calls
            .Where(call => call.Tool != DeskTools.GetOrder && call.Result.Length > 0)
            .Select(call => call.Result);
        return string.Create(CultureInfo.InvariantCulture, $"Order {number} is settled: {string.Join("; ", results)}.");
    }

    private static DeskAnswer Done(string report) => DeskAnswer.Json(new JsonObject
    {
        ["status"] = "done",
        ["result"] = new JsonObject { ["deliverable"] = report, ["artifacts"] = new JsonObject() },
    });

    private static bool AsksForPlan(string prompt) => prompt.Contains("\"steps\"", StringComparison.Ordinal);

    private static DeskAnswer Plan() => DeskAnswer.Json(new JsonObject
    {
        ["steps"] = new JsonArray(new JsonObject
        {
            ["id"] = 1,
            ["description"] = "Settle what the customer wants.",
            ["depends_on"] = new JsonArray(),
        }),
    });

    /// <summary>Returns the final answer: the sentence of the last step that says what was done.</summary>
    private static DeskAnswer Summary(DeskTurn turn)
    {
        var told = Settled().Matches(turn.User);
        return DeskAnswer.Json(new JsonObject
        {
            ["final_answer"] = told.Count > 0 ? told[^1].Value : "Nothing was done.",
            ["supporting_evidence"] = null,
        });
    }

    [GeneratedRegex(@"state: (?<state>[a-z ]+); paid: (?<paid>\d+\.\d{2})", RegexOptions.CultureInvariant)]
    private static partial Regex Found();

    [GeneratedRegex(@"Order \d+ is settled: [^""\\\n]*", RegexOptions.CultureInvariant)]
    private static partial Regex Settled();
}
