using Atlas.Import;

namespace Atlas.Cli.Import;

/// <summary>Checks that the source exists before anything else is done.</summary>
internal static class SourcePath
{
    /// <exception cref="CommandFailedException">There is no such file or folder.</exception>
    public static string Demand(string path, SourceKinds kinds)
    {
        var found = Directory.Exists(path) ? SourceKinds.Folder : File.Exists(path) ? SourceKinds.File : SourceKinds.None;
        if ((found & kinds) != SourceKinds.None)
        {
            return path;
        }

        throw new CommandFailedException(ExitCode.NotFound, (found, kinds) switch
        {
            (SourceKinds.Folder, _) => $"{path} is a folder. Name a file of recorded runs.",
            (SourceKinds.File, _) => $"{path} is a file. Name the folder that contains the trials.",
            (_, SourceKinds.Folder) => $"There is no folder {path}.",
            _ => $"There is no file {path}.",
        });
    }
}
