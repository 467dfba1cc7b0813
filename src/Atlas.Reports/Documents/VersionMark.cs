namespace Atlas.Reports.Documents;

/// <summary>A version of the playbook, and its position among the sessions.</summary>
/// <param name="Version">Its number.</param>
/// <param name="Cause">Its cause.</param>
/// <param name="CreatedAt">When it became current.</param>
/// <param name="SessionsBefore">The number of sessions of the report that began before it.</param>
public sealed record VersionMark(int Version, string? Cause, DateTimeOffset CreatedAt, long SessionsBefore);
