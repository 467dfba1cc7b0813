using Atlas.Domain;
using Atlas.Http.Problems;

namespace Atlas.Http.Door;

/// <summary>Reads names of the wire from an address.</summary>
internal static class Names
{
    /// <summary>The value behind a name; null for none.</summary>
    /// <exception cref="ProblemException">There is no such name; the sentence lists those that exist.</exception>
    public static T? Demand<T>(string? name, string parameter)
        where T : struct, Enum => name is null ? null
        : WireName.TryParse<T>(name, out var value) ? value
        : throw Problem.InvalidRequest.With($"The parameter '{parameter}' is one of {string.Join(", ", WireName.All<T>())}, not '{Parameters.Short(name)}'.");
}
