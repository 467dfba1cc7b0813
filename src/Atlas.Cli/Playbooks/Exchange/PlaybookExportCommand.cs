using System.CommandLine;
using Atlas.Cli.Database;
using Atlas.Cli.Invocation;
using Atlas.Cli.Output;
using Atlas.Cli.Playbooks.Versions;
using Atlas.Learning.Exchange;
using Atlas.Queries.Keys;

namespace Atlas.Cli.Playbooks.Exchange;

/// <summary><c>atlas playbook export KEY</c></summary>
internal sealed class PlaybookExportCommand : AtlasCommand
{
    private readonly Argument<string> _key = PlaybookArgument.Key();
    private readonly Option<int?> _version = CommonOptions.Number("--version", "The version to export. Default: the newest.", 0, int.MaxValue, null);
    private readonly Option<string?> _output = CommonOptions.Text("--output", "FILE", "The file to write. Default: standard output.", "the name of a file");
    private readonly Option<string?> _as = new("--as") { Description = "The format: json, or skill for a folder with a SKILL.md for coding agents. Default: json.", HelpName = "FORM" };
    private readonly Argument<string?> _folder = new("DIR") { Description = "The folder to write a skill to.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<bool> _observations = new("--with-observations")
    {
        Description = "Include what changes with every session: impact, rubric, provenance and times.",
    };

    private readonly Option<bool> _json = CommonOptions.Json();

    public PlaybookExportCommand(CommandContext context)
        : base(context, "export", "Export a playbook as JSON that diffs well in a code review, or as a skill.")
    {
        _as.AcceptOnlyFromAmong("json", "skill");
        Add(_key);
        Add(_folder);
        Add(_as);
        Add(_version);
        Add(_output);
        Add(_observations);
        Add(_json);
        Examples =
        [
            "atlas playbook export tau/airline --output airline.json",
            "atlas playbook export tau/airline --version 3",
            "atlas playbook export tau/airline --as skill .claude/skills/airline",
        ];
    }

    protected override async Task<ExitCode> RunAsync(ParseResult arguments, CancellationToken cancellation)
    {
        var key = arguments.GetRequiredValue(_key);
        var exported = await new DatabaseAccess(Context).ReadAsync(
            source => new VersionReader(source).ReadAsync(key, arguments.GetValue(_version), cancellation));
        if (arguments.GetValue(_as) is "skill")
        {
            return await WriteSkillAsync(key, exported, arguments, cancellation);
        }

        if (arguments.GetValue(_folder) is { } stray)
        {
            throw new CommandFailedException(ExitCode.Usage, $"Unexpected argument '{stray}'. Name a folder with `--as skill`, or a file with `--output`.");
        }

        var text = PlaybookFile.Text(exported.Playbook, arguments.GetValue(_observations));
        if (arguments.GetValue(_output) is not { } file)
        {
            // The document is JSON already, with or without --json.
            Context.Terminal.DataWriter.Write(text);
            return ExitCode.Ok;
        }

        await PlaybookFile.WriteAsync(file, text, cancellation);
        var entries = exported.Playbook.Entries.IsDefault ? 0 : exported.Playbook.Entries.Length;
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(new ExportReport(key, exported.Number, file, entries));
        }
        else
        {
            Context.Terminal.Say($"Version {exported.Number} of {key} with {Wording.Count(entries, "entry", "entries")} was written to {file}.");
        }

        return ExitCode.Ok;
    }

    private async Task<ExitCode> WriteSkillAsync(string key, PlaybookVersion exported, ParseResult arguments, CancellationToken cancellation)
    {
        var folder = arguments.GetValue(_folder) ?? throw new CommandFailedException(
            ExitCode.Usage, "A skill is a folder. Name it, as in `atlas playbook export KEY --as skill DIR`.");
        var files = SkillFolder.Write(key, exported.Number, exported.Playbook);
        foreach (var (name, text) in files)
        {
            var path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await PlaybookFile.WriteAsync(path, text, cancellation);
        }

        var entries = exported.Playbook.Entries.IsDefault ? 0 : exported.Playbook.Entries.Length;
        if (arguments.GetValue(_json))
        {
            Context.Terminal.Json(new ExportReport(key, exported.Number, Path.Combine(folder, "SKILL.md"), entries));
        }
        else
        {
            Context.Terminal.Say($"Version {exported.Number} of {key} was written to {folder} as the skill {SkillFolder.NameOf(key)}: {Wording.Count(files.Count, "file", "files")}.");
        }

        return ExitCode.Ok;
    }
}
