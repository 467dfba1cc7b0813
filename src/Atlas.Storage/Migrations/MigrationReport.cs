using System.Collections.Immutable;

namespace Atlas.Storage.Migrations;

/// <summary>The result of a migration run.</summary>
/// <param name="Applied">Names of the scripts that this run applied, in order; empty if the database was up to date.</param>
/// <param name="Current">Name of the newest script, which is now applied.</param>
public sealed record MigrationReport(ImmutableArray<string> Applied, string Current);
