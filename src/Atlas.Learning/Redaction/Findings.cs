using System.Collections.Immutable;
using Atlas.Learning.Text;

namespace Atlas.Learning.Redaction;

/// <summary>What was found in one message: how often which kind stood where. Never what it was.</summary>
public sealed class Findings
{
    /// <summary>So many places are named; what is found beyond them is counted for the record as a whole.</summary>
    private const int MostPlaces = 50;

    private const int LongestPlace = 160;

    private readonly Dictionary<(string Kind, string Place), int> _times = [];

    /// <summary>Whether anything was found.</summary>
    public bool Any => _times.Count > 0;

    /// <summary>The findings, by place and kind.</summary>
    public ImmutableArray<Finding> All =>
        [.. _times.Select(found => new Finding(found.Key.Kind, found.Key.Place, found.Value)).OrderBy(found => found.Place, StringComparer.Ordinal).ThenBy(found => found.Kind, StringComparer.Ordinal)];

    /// <summary>Notes one.</summary>
    /// <param name="record">The record: <c>task</c>, <c>events[3]</c>.</param>
    /// <param name="path">Where in it, beginning with a dot or a bracket; empty where it is a text.</param>
    /// <param name="kind">What it is.</param>
    internal void Add(string record, string path, string kind)
    {
        var place = _times.Count < MostPlaces ? VisibleText.Of(record + path) : record;
        var key = (kind, place.Length <= LongestPlace ? place : string.Concat(place.AsSpan(0, LongestPlace - 1), "…"));
        _times[key] = _times.GetValueOrDefault(key) + 1;
    }
}

/// <summary>That something was found in a session.</summary>
/// <param name="Kind">What it is, in snake_case: <c>email</c>.</param>
/// <param name="Place">Where it stood: <c>task</c>, <c>events[3].payload.data.input</c>.</param>
/// <param name="Times">How often.</param>
public sealed record Finding(string Kind, string Place, int Times);
