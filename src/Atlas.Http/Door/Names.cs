using Atlas.Domain;
using Atlas.Http.Problems;

namespace Atlas.Http.Door;

/// <summary>Parses names of enum values in an address.</summary>
internal static class Names
{
    /// <summary>Returns the value with a name; null for none.</summary>
    /// <exception cref="ProblemException">There is no such name; the message lists those that exist.</exception>
    public static T? Demand<T>(string? name, string parameter)
        where T : struct, Enum => name is null ? null
        : WireName.TryParse<T>(name, out var value) ? value
        : throw Problem.InvalidRequest.With($"The parameter '{parameter}' must be one of {string.Join(", ", WireName.All<T>())}, not '{Parameters.Short(name)}'.");
}
