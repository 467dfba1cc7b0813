using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.leak_guard</c>: answers of an evaluation set, which no playbook may hold.</summary>
public sealed record LeakGuardOptions
{
    /// <summary>The answers, one per item. They are compared without regard to case, punctuation and spaces.</summary>
    public ImmutableArray<string> Answers { get; init; } = [];

    /// <summary>A file with further answers, seen from the folder of the configuration file: a JSON list of texts if its name
    /// ends in <c>.json</c>, else one answer per line.</summary>
    /// <value>The default is none.</value>
    public string? AnswersFile { get; init; }

    /// <summary>An answer with fewer letters and digits than this, say 42 or yes, occurs in many a text by chance: such a one
    /// counts only where a text gives it as an answer.</summary>
    /// <value>The default is 5.</value>
    [Range(1, 100)]
    public int ShortAnswerLength { get; init; } = 5;

    /// <summary>What <see cref="AnswersFile"/> held when the configuration was read.</summary>
    [JsonIgnore]
    public ImmutableArray<string> FileAnswers { get; init; } = [];

    /// <summary>All answers, those of the configuration first.</summary>
    [JsonIgnore]
    public ImmutableArray<string> AllAnswers => [.. Answers.IsDefault ? [] : Answers, .. FileAnswers.IsDefault ? [] : FileAnswers];
}
