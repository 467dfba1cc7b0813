using System.Collections.Immutable;
using Atlas.Learning.Text;

namespace Atlas.Learning.Redaction;

/// <summary>What was found in one message: kinds, places and counts, never the values.</summary>
public sealed class Findings
{
    /// <summary>The largest number of places that are named; further findings are counted for the whole record.</summary>
    private const int MostPlaces = 50;

    private const int LongestPlace = 160;

    private readonly Dictionary<(string Kind, string Place), int> _times = [];

    /// <summary>Whether anything was found.</summary>
    public bool Any => _times.Count > 0;

    /// <summary>The findings, by place and kind.</summary>
    public ImmutableArray<Finding> All =>
        [.. _times.Select(found => new Finding(found.Key.Kind, found.Key.Place, found.Value)).OrderBy(found => found.Place, StringComparer.Ordinal).ThenBy(found => found.Kind, StringComparer.Ordinal)];

    /// <summary>Adds a finding.</summary>
    /// <param name="record">The record: <c>task</c>, <c>events[3]</c>.</param>
    /// <param name="path">The place in it, beginning with a dot or a bracket; empty if the record is a text.</param>
    /// <param name="kind">The kind.</param>
    internal void Add(string record, string path, string kind)
    {
        var place = _times.Count < MostPlaces ? VisibleText.Of(record + path) : record;
        var end = char.IsHighSurrogate(place[Math.Min(place.Length, LongestPlace - 1) - 1]) ? LongestPlace - 2 : LongestPlace - 1;
        var key = (kind, place.Length <= LongestPlace ? place : string.Concat(place.AsSpan(0, end), "…"));
        _times[key] = _times.GetValueOrDefault(key) + 1;
    }
}

/// <summary>A kind of secret found at a place in a session.</summary>
/// <param name="Kind">The kind, in snake_case: <c>email</c>.</param>
/// <param name="Place">The place: <c>task</c>, <c>events[3].payload.data.input</c>.</param>
/// <param name="Times">How often.</param>
public sealed record Finding(string Kind, string Place, int Times);
