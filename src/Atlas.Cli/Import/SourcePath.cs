namespace Atlas.Cli.Import;

/// <summary>Makes sure that what is to be imported is there, before anything else is done.</summary>
internal static class SourcePath
{
    public static string File(string path)
    {
        if (System.IO.File.Exists(path))
        {
            return path;
        }

        throw new CommandFailedException(
            ExitCode.NotFound,
            Directory.Exists(path) ? $"{path} is a folder; a file of recorded runs is needed." : $"There is no file {path}.");
    }

    public static string Folder(string path)
    {
        if (Directory.Exists(path))
        {
            return path;
        }

        throw new CommandFailedException(
            ExitCode.NotFound,
            System.IO.File.Exists(path) ? $"{path} is a file; the folder that holds the trials is needed." : $"There is no folder {path}.");
    }
}
