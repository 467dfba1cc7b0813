using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Atlas.Runtime.Tests.Harness;

/// <summary>What a model was asked.</summary>
internal sealed partial record ScriptedCall(IReadOnlyList<ChatMessage> Messages, ChatOptions? Options, int Number)
{
    public string System => string.Join("\n\n", Messages.Where(message => message.Role == ChatRole.System).Select(message => message.Text));

    public string User => string.Join("\n\n", Messages.Where(message => message.Role == ChatRole.User).Select(message => message.Text));

    public string LastResult => Messages[^1].Contents.OfType<FunctionResultContent>().SingleOrDefault()?.Result?.ToString() ?? "";

    /// <summary>The JSON before the request for JSON, of a question to the teacher or the probe.</summary>
    public JsonNode Request => JsonNode.Parse(User.Split("\n\nRespond with JSON only.")[0])!;

    /// <summary>The step's number, of a call in a step.</summary>
    public int Step => int.Parse(StepLine().Match(User).Groups[1].Value, global::System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What the student or the teacher is asked for.</summary>
    public string Kind => User switch
    {
        _ when User.StartsWith("Task: ", StringComparison.Ordinal) => "plan",
        _ when User.StartsWith("Step ID: ", StringComparison.Ordinal) => $"step {Step}",
        _ when User.StartsWith("Original Task:", StringComparison.Ordinal) => "synthesis",
        _ when Request is JsonObject request => request switch
        {
            _ when request.ContainsKey("plan") => "review",
            _ when request.ContainsKey("structured_output") => $"verdict {request["step"]!["id"]}",
            _ when request.ContainsKey("learning_history") => "probe",
            _ => $"guidance {request["step"]!["id"]}",
        },
        _ => "?",
    };

    [GeneratedRegex(@"^Step ID: (\d+)")]
    private static partial Regex StepLine();
}
