using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Atlas.Learning.Options;

/// <summary>The block <c>learning.leak_guard</c>: answers of an evaluation set, which must not appear in any playbook.</summary>
public sealed record LeakGuardOptions
{
    /// <summary>The answers, one per item. Case, punctuation and spaces are ignored in comparisons.</summary>
    public ImmutableArray<string> Answers { get; init; } = [];

    /// <summary>A file with more answers, relative to the folder of the configuration file: a JSON list of texts if its name ends in
    /// <c>.json</c>, otherwise one answer per line.</summary>
    /// <value>The default is none.</value>
    public string? AnswersFile { get; init; }

    /// <summary>An answer with fewer letters and digits than this, such as 42 or yes, appears in many texts by chance. It counts only where
    /// a text presents it as an answer.</summary>
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
