using System.Collections.Immutable;

namespace Atlas.Storage.Migrations;

/// <summary>What a run of the migrations did.</summary>
/// <param name="Applied">Names of the scripts that this run applied, in order; empty if the database was current.</param>
/// <param name="Current">Name of the newest script; the database is at it.</param>
public sealed record MigrationReport(ImmutableArray<string> Applied, string Current);
