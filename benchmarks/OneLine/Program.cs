// The least that a program of .NET does: what the command line is compared with.
Console.WriteLine("One line.");
