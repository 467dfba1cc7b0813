using System.Globalization;
using System.Text.Json;
using Atlas.Cli.Invocation;
using Atlas.Domain.Json;

namespace Atlas.Cli.Run.Report;

/// <summary>The file of a run in <c>.atlas/runs</c>: <c>{task, captured_at, config_path, result, metadata}</c>.</summary>
internal static class RunArtefact
{
    /// <summary>Writes the file; runs that end within the same second get separate files.</summary>
    /// <returns>The path of the file.</returns>
    public static string Write(CommandContext context, string task, string configuration, RunReport result, JsonElement? metadata)
    {
        Directory.CreateDirectory(context.Home.Runs);
        var now = context.Clock.GetUtcNow();
        var name = now.UtcDateTime.ToString("'run_'yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        using var file = CreateNew(context.Home.Runs, name);
        JsonSerializer.Serialize(
            file,
            new { Task = task, CapturedAt = now, ConfigPath = configuration, Result = result, Metadata = metadata },
            AtlasJson.Indented);
        return file.Name;
    }

    private static FileStream CreateNew(string folder, string name)
    {
        // Tasks and answers may be confidential, so only the user can read them.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        for (var number = 1; ; number++)
        {
            var path = Path.Combine(folder, number == 1 ? $"{name}.json" : string.Create(CultureInfo.InvariantCulture, $"{name}_{number}.json"));
            try
            {
                return new FileStream(path, options);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Taken by a run of the same second.
            }
        }
    }
}
