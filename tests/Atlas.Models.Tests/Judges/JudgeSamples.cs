using System.Globalization;
using System.Text.Json;
using Atlas.Models.Judges;
using Microsoft.Extensions.AI;

namespace Atlas.Models.Tests.Judges;

/// <summary>Sessions to judge and answers of judges.</summary>
internal static class JudgeSamples
{
    public static JudgeRequest Request { get; } = new()
    {
        Task = "Refund order 17",
        FinalAnswer = "Refunded 12 € on order 17.",
        ExecutionMode = "paired",
        Plan = JsonElement.Parse("""{"steps":[{"id":1,"description":"refund"}]}"""),
        Steps =
        [
            new JudgedStep
            {
                Id = 1,
                Description = "Issue the refund",
                Status = "passed",
                Attempts = 2,
                Output = "refund issued",
                Trace = "AI: checking\nTOOL: paid 12 €",
                Guidance = ["Check the payment first"],
                Validation = JsonElement.Parse("""{"valid":true}"""),
            },
        ],
    };

    public static string Answer(double score, double uncertainty = 0.1, string rationale = "because") => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"principles":[{"name":"correctness","weight":1,"description":"d"}],"score":{{score}},"rationale":"{{rationale}}","uncertainty":{{uncertainty}}}""");

    public static JudgeModel Model(IChatClient client, string name = "small") => new(client, name);

    public static IJudge Ensemble(IChatClient small, IChatClient? arbiter = null, JudgeEnsembleOptions? options = null, TimeProvider? time = null) =>
        JudgeFactory.Ensemble(Model(small), Model(arbiter ?? Wire.ScriptedChatClient.Failing("no arbiter"), "large"), options, time);
}
