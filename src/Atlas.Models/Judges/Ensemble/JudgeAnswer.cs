using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Atlas.Domain.Json;
using Atlas.Models.Judges.Compatibility;
using Atlas.Models.Providers;

namespace Atlas.Models.Judges.Ensemble;

/// <summary>A judge's answer: a sample, or why there is none.</summary>
/// <remarks>Nothing is guessed: a judgement that must be repaired could just as well have been another one.</remarks>
internal readonly record struct JudgeAnswer(JudgeSample? Sample, string? Problem)
{
    /// <summary>Parses an answer.</summary>
    /// <param name="text">The text of the model.</param>
    /// <param name="rules">The rules to apply.</param>
    public static JudgeAnswer Read(string text, ReferenceJudging rules)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return new(null, "The answer is empty.");
        }

        if (rules.FencedAnswersUnusable)
        {
            return Parse(text) is not { } whole ? new(null, "The answer is not JSON.") : ReadValue(whole, rules);
        }

        var said = WithoutFence(ThinkingAloud.Without(text).Trim().TrimStart('\uFEFF'));
        if (Parse(said) is { } answer)
        {
            return ReadValue(answer, rules);
        }

        // Words around the judgement do no harm, as long as it is clear which judgement is meant.
        var found = JsonInText.Objects(said).Select(value => ReadObject(SafeJson.Clean(value), rules)).Where(read => read.Sample is not null).ToArray();
        return found.Select(read => (read.Sample!.Score, read.Sample.Uncertainty)).Distinct().Count() switch
        {
            0 => new(null, string.IsNullOrWhiteSpace(said) ? "The answer contains only reasoning." : "The answer is not JSON."),
            1 => found[^1],
            _ => new(null, "The answer contains several judgements that differ."),
        };
    }

    private static JudgeAnswer ReadValue(JsonElement answer, ReferenceJudging rules) =>
        answer.ValueKind == JsonValueKind.Object ? ReadObject(answer, rules) : new(null, "The answer is not a JSON object.");

    private static JsonElement? Parse(string text)
    {
        try
        {
            return SafeJson.Clean(JsonElement.Parse(text));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JudgeAnswer ReadObject(JsonElement answer, ReferenceJudging rules)
    {
        var (score, problem) = Share(answer, "score", rules);
        if (score is null)
        {
            return new(null, problem);
        }

        var (uncertainty, unsure) = Share(answer, "uncertainty", rules);
        return uncertainty is null
            ? new(null, unsure)
            : new(new JudgeSample(score.Value, uncertainty.Value, Text(answer, "rationale"), Principles(answer, rules)), null);
    }

    private static (double? Value, string? Problem) Share(JsonElement answer, string name, ReferenceJudging rules)
    {
        if (!answer.TryGetProperty(name, out var member) || Number(member, rules) is not { } number)
        {
            return (null, $"The answer has no number '{name}'.");
        }

        return number is >= 0 and <= 1 || rules.AnyNumberIsAScore
            ? (number, null)
            : (null, string.Create(CultureInfo.InvariantCulture, $"'{name}' is {number}; expected a number from 0 to 1."));
    }

    private static double? Number(JsonElement value, ReferenceJudging rules) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True when rules.AnyNumberIsAScore => 1,
        JsonValueKind.False when rules.AnyNumberIsAScore => 0,
        _ => null,
    };

    private static ImmutableArray<JudgePrinciple> Principles(JsonElement answer, ReferenceJudging rules) =>
        answer.TryGetProperty("principles", out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(item => Principle(item, rules)).OfType<JudgePrinciple>()]
            : [];

    private static JudgePrinciple? Principle(JsonElement item, ReferenceJudging rules) =>
        item.ValueKind == JsonValueKind.Object
        && item.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
        && item.TryGetProperty("weight", out var weight) && Number(weight, rules) is { } number
            ? new JudgePrinciple(name.GetString()!, number, Text(item, "description"))
            : null;

    private static string Text(JsonElement value, string name) =>
        !value.TryGetProperty(name, out var member) ? "" : member.ValueKind switch
        {
            JsonValueKind.String => member.GetString()!,
            JsonValueKind.Null => "",
            _ => member.GetRawText(),
        };

    /// <summary>Unwraps an answer that is a single code block, as models without a JSON mode write it.</summary>
    private static string WithoutFence(string text)
    {
        var trimmed = text.AsSpan().Trim();
        var start = trimmed.IndexOf('\n');
        return trimmed.StartsWith("```") && trimmed.EndsWith("```") && start > 0 && start < trimmed.Length - 3
            ? trimmed[start..^3].ToString()
            : text;
    }
}
