using Sluice.Cli;

// Asked for most often by scripts, and answered before anything else is loaded.
if (args is ["--version"])
{
    Console.Out.WriteLine(AppVersion.Text);
    return ExitCode.Done;
}

return await App.RunAsync(args);
